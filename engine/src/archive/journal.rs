//! The journal of runs: stored with the checkpoint that follows each, in the pieces that snapshots are stored in, as
//! `JOURNAL.md` says.

use wire::{Encoded, MessageError, Output, RunDetails, RunFile, RunId, RunInfo, RunList, RunRest, SnapshotId};

use super::pieces::{self, Cut};
use super::{Archive, LoadError, id_after};
use crate::journal::Run;
use crate::store::{Change, PieceRef, RunRecord, SnapshotStore, StoreError};

/// The most runs that are kept; the oldest make room for newer ones.
const MAX_RUNS: usize = 1000;
/// The most bytes of output that all runs together keep.
const MAX_OUTPUT_BYTES: u64 = 16 << 20;

/// The most runs that are given of those between two states.
const MAX_RUNS_BETWEEN: usize = 20;

/// A run that is about to be stored.
pub struct Prepared {
    pub info: RunInfo,
    run: Run,
    output: Option<Encoded<Vec<Output>>>,
    rest: Encoded<RunRest>,
}

impl<S: SnapshotStore> Archive<S> {
    /// Lists runs, the newest first.
    pub fn runs(&self, before: Option<&RunId>, limit: u32) -> RunList {
        let runs = self.ledger.runs();
        let end = before.map_or(runs.len(), |before| self.ledger.find_run(before).unwrap_or_else(|end| end));
        let start = end.saturating_sub(limit as usize);
        RunList { runs: runs[start..end].iter().rev().map(|run| run.info.clone()).collect(), has_more: start > 0 }
    }

    /// The runs that lead from one state to another, the newest first, and whether these are all. `None` stands for the
    /// empty `_home` before, and after for a `_home` that is not saved.
    pub fn runs_between(&self, before: Option<&SnapshotId>, after: Option<&SnapshotId>) -> (Vec<RunInfo>, bool) {
        let (mut runs, mut at) = (Vec::new(), after);
        for RunRecord { info, .. } in self.ledger.runs().iter().rev() {
            // What was not saved had nothing after it. Before it may be the same.
            let made_it = info.after.as_ref() == at && (info.before != info.after || at.is_none());
            if (at.is_some() && at == before) || (at.is_none() && !made_it) || runs.len() == MAX_RUNS_BETWEEN {
                break;
            }
            if made_it {
                runs.push(info.clone());
                at = info.before.as_ref();
            }
        }
        let are_all = at == before && !runs.is_empty();
        (runs, are_all)
    }

    /// Reads all of a run; `None` if it is not in the journal.
    pub async fn load_run(&self, id: &RunId) -> Result<Option<RunDetails>, LoadError> {
        let Ok(index) = self.ledger.find_run(id) else { return Ok(None) };
        let RunRecord { info, source, files, input, output, rest } = self.ledger.runs()[index].clone();
        let mut read = Vec::with_capacity(files.len());
        for (path, pieces) in files {
            read.push(RunFile { path, content: self.read_pieces(&pieces).await? });
        }
        let output = match output {
            Some(pieces) => Some(Encoded::from_bytes(self.read_pieces(&pieces).await?)),
            None => None,
        };
        Ok(Some(RunDetails {
            info,
            source: self.read_text(&source).await?,
            files: read,
            input: self.read_text(&input).await?,
            output,
            rest: Encoded::from_bytes(self.read_pieces(&rest).await?),
        }))
    }

    async fn read_text(&self, pieces: &[PieceRef]) -> Result<String, LoadError> {
        Ok(String::from_utf8_lossy(&self.read_pieces(pieces).await?).into_owned())
    }

    /// Deletes runs; `None`: all, also those that cannot be read.
    pub async fn forget_runs(&mut self, ids: Option<Vec<RunId>>) -> Result<(), StoreError> {
        let delete_runs = ids.unwrap_or_else(|| self.run_ids().cloned().collect());
        self.apply(Change { delete_runs, ..Change::default() }).await
    }

    /// Keeps a run without saving a state; `after` is the snapshot that `_home` is after it.
    pub async fn keep_run(&mut self, run: Run, after: Option<&SnapshotId>) -> Result<RunInfo, StoreError> {
        let prepared = self.prepare_run(run, after)?;
        let (mut change, mut all) = (Change::default(), Vec::new());
        self.add_run(&mut change, &prepared, &mut all);
        change.pieces = self.unsaved_pieces(&all);
        self.apply(change).await?;
        Ok(prepared.info)
    }

    fn run_ids(&self) -> impl Iterator<Item = &RunId> {
        self.ledger.runs().iter().map(|run| &run.info.id).chain(self.ledger.unreadable_runs())
    }

    /// Gives a run its id, and says which states it came between.
    pub(super) fn prepare_run(&self, run: Run, after: Option<&SnapshotId>) -> Result<Prepared, StoreError> {
        let newest = self.run_ids().max();
        let id = id_after(newest.map(|id| id.0.as_str()), run.info.began_millis as u64, run.number);
        let before = if run.has_saved_start { self.head().cloned() } else { None };
        let info = RunInfo { id: RunId(id), before, after: after.cloned(), ..run.info.clone() };
        let failed = |error: MessageError| StoreError::Failed(error.to_string());
        let output = run.output.as_ref().map(Encoded::new).transpose().map_err(failed)?;
        let rest = Encoded::new(&run.rest).map_err(failed)?;
        Ok(Prepared { info, run, output, rest })
    }

    /// Adds a run to a change, and makes room for it.
    pub(super) fn add_run<'a>(&self, change: &mut Change, prepared: &'a Prepared, all: &mut Cut<'a>) {
        let Prepared { info, run, output, rest } = prepared;
        let mut cut = |bytes: &'a [u8]| pieces::cut_into(all, bytes);
        let record = RunRecord {
            info: info.clone(),
            source: cut(run.source.as_bytes()),
            files: run.files.iter().map(|(path, content)| (path.clone(), cut(content))).collect(),
            input: cut(run.input.as_bytes()),
            output: output.as_ref().map(|output| cut(output.bytes())),
            rest: cut(rest.bytes()),
        };
        let known = self.ledger.runs();
        let superfluous = (known.len() + 1).saturating_sub(MAX_RUNS);
        change.delete_runs.extend(known[..superfluous].iter().map(|run| run.info.id.clone()));
        let kept = known[superfluous..].iter().map(RunRecord::output_bytes);
        let mut bytes = record.output_bytes() + kept.sum::<u64>();
        for run in known[superfluous..].iter().filter(|run| run.output.is_some()) {
            if bytes <= MAX_OUTPUT_BYTES {
                break;
            }
            bytes -= run.output_bytes();
            change.put_runs.push(RunRecord { output: None, ..run.clone() });
        }
        change.put_runs.push(record);
    }

    /// Removes the older half of the outputs that are kept. Returns whether there is more room now.
    pub(super) async fn remove_old_outputs(&mut self) -> bool {
        let with_output: Vec<&RunRecord> = self.ledger.runs().iter().filter(|run| run.output.is_some()).collect();
        let half = with_output.len().div_ceil(2);
        let put_runs: Vec<RunRecord> =
            with_output[..half].iter().map(|run| RunRecord { output: None, ..(*run).clone() }).collect();
        !put_runs.is_empty() && self.apply(Change { put_runs, ..Change::default() }).await.is_ok()
    }
}
