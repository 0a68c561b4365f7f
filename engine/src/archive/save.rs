//! Saving an image: encoding it, cutting it, comparing it with the head, recording it, and making room for it.

use wire::{Access, Omission, RunInfo, SnapshotId, SnapshotInfo, SnapshotKind};

use super::files::cut_edits;
use super::thinning::{Item, superfluous};
use super::{Archive, PRODUCER, pieces};
use crate::codec::{self, FORMAT_VERSION};
use crate::files::FileEdit;
use crate::image::HeapImage;
use crate::journal::Run;
use crate::store::{Change, HeadMove, Piece, PieceRef, Record, SnapshotStore, StoreError};

/// The most omissions that are recorded with their paths.
const MAX_OMISSIONS: usize = 1000;

/// The outcome of a checkpoint.
pub struct Saved {
    /// The snapshot that holds the state.
    pub info: SnapshotInfo,
    /// False if the head already held the same bytes, so that nothing was written.
    pub is_new: bool,
    /// Checkpoints that were deleted to make room.
    pub removed: Vec<SnapshotId>,
    /// The run, if it is in the journal now.
    pub run: Option<RunInfo>,
}

/// What is saved.
pub struct Saving<'a> {
    /// The state.
    pub image: &'a HeapImage,
    /// Why it is saved.
    pub kind: SnapshotKind,
    /// The id that it gets.
    pub id: SnapshotId,
    /// The time, in milliseconds since 1970, UTC.
    pub now_millis: f64,
    /// What runs made of files since the last checkpoint.
    pub edits: &'a [FileEdit],
    /// The run that made the state.
    pub run: Option<Run>,
}

impl<S: SnapshotStore> Archive<S> {
    /// Saves an image alone.
    pub async fn save(
        &mut self,
        image: &HeapImage,
        kind: SnapshotKind,
        id: SnapshotId,
        now_millis: f64,
    ) -> Result<Saved, StoreError> {
        self.save_all(Saving { image, kind, id, now_millis, edits: &[], run: None }).await
    }

    /// Saves an image. A checkpoint becomes the head, and old checkpoints are deleted to make room for it; if
    /// the head already holds the same bytes and no file has changed, no checkpoint is written.
    ///
    /// A run goes into the journal in the same transaction. Where there is no room, the oldest outputs of earlier runs are
    /// removed, and where that is not enough, the run is left out.
    pub async fn save_all(&mut self, saving: Saving<'_>) -> Result<Saved, StoreError> {
        let Saving { image, kind, id, now_millis, edits, run } = saving;
        let bytes = codec::encode(image).map_err(|error| StoreError::Failed(error.to_string()))?;
        let cut = pieces::cut(&bytes);
        let is_checkpoint = matches!(kind, SnapshotKind::Checkpoint { .. });
        let same = if is_checkpoint && edits.is_empty() { self.head_of_pieces(&cut) } else { None };
        let is_new = same.is_none();
        let info = same.map(|head| head.info.clone());
        let info = info
            .unwrap_or_else(|| SnapshotInfo { byte_size: bytes.len() as u64, ..describe(image, kind, id, now_millis) });
        let run = run.filter(|_| self.access == Access::Writer);
        let mut run = run.map(|run| self.prepare_run(run, Some(&info.id))).transpose()?;
        loop {
            let mut all = Vec::new();
            let mut change = Change::default();
            if is_new {
                let mut record = self.record_of(info.clone(), &cut);
                all.clone_from(&cut);
                record.files = cut_edits(edits, &mut all);
                change.put.push(record);
                if is_checkpoint {
                    self.move_on(&mut change, &info.id, image.is_of_empty_table());
                }
            }
            if let Some(run) = &run {
                self.add_run(&mut change, run, &mut all);
            }
            if change == Change::default() {
                return Ok(Saved { info, is_new, removed: Vec::new(), run: None });
            }
            change.pieces = self.unsaved_pieces(&all);
            let removed = change.delete.iter().filter(|id| self.is_listed(id)).cloned().collect();
            match self.apply(change).await {
                Err(StoreError::QuotaExceeded) if run.is_some() => {
                    if !self.remove_old_outputs().await {
                        run = None;
                    }
                }
                // The state is saved already.
                Err(_) if !is_new => return Ok(Saved { info, is_new, removed, run: None }),
                applied => {
                    return applied.map(|()| Saved { info, is_new, removed, run: run.map(|run| run.info) });
                }
            }
        }
    }

    /// The record of the head, if it is undamaged and consists of these pieces.
    fn head_of_pieces(&self, cut: &[(PieceRef, &[u8])]) -> Option<&Record> {
        let head = self.record(self.head()?)?;
        let is_same = head.info.damage.is_none() && head.pieces.iter().eq(cut.iter().map(|(piece, _)| piece));
        is_same.then_some(head)
    }

    /// The pieces that are not known to be in the store, compressed. Until the store has recorded that this is the
    /// writer, no piece is known to be there.
    pub(super) fn unsaved_pieces(&self, cut: &[(PieceRef, &[u8])]) -> Vec<Piece> {
        let unsaved = cut.iter().filter(|(piece, _)| !self.is_claimed || !self.ledger.has_sound(&piece.name));
        let compress = |(piece, bytes): &(PieceRef, &[u8])| Piece {
            compressed: lz4_flex::block::compress(bytes),
            name: piece.name.clone(),
        };
        unsaved.map(compress).collect()
    }

    fn record_of(&self, info: SnapshotInfo, cut: &[(PieceRef, &[u8])]) -> Record {
        let is_imported = matches!(info.kind, SnapshotKind::Imported { .. });
        Record {
            info,
            format: FORMAT_VERSION,
            producer: PRODUCER.into(),
            parent: if is_imported { None } else { self.head().cloned() },
            pieces: cut.iter().map(|(piece, _)| piece.clone()).collect(),
            files: Vec::new(),
            branch: None,
            is_deleted: false,
        }
    }

    /// Makes a checkpoint the head, and makes room for it.
    fn move_on(&self, change: &mut Change, id: &SnapshotId, is_empty: bool) {
        change.head = HeadMove::To(Some(id.clone()));
        if self.head().is_none() && is_empty {
            change.put.extend(self.after_nothing(id));
        }
        // The name of a branch is at its end.
        if let Some(head) = self.head().and_then(|head| self.record(head)).filter(|head| head.branch.is_some()) {
            let name = self.edit(change, &head.info.id).and_then(|head| head.branch.take());
            self.edit(change, id).into_iter().for_each(|record| record.branch.clone_from(&name));
        }
        self.superfluous_checkpoints().iter().for_each(|id| self.remove(change, id));
        self.leave_head(change);
    }

    /// The checkpoints that must be deleted before one more is added. Damaged ones are never among them: somebody may
    /// yet be able to read them.
    fn superfluous_checkpoints(&self) -> Vec<SnapshotId> {
        let is_sound = |record: &&Record| record.is_checkpoint() && record.info.damage.is_none() && !record.is_deleted;
        let records: Vec<_> = self.ledger.records().iter().filter(is_sound).collect();
        let find = |id: &Option<SnapshotId>| {
            let id = id.as_ref()?;
            records.binary_search_by(|record| record.info.id.cmp(id)).ok()
        };
        let item = |record: &&Record| Item { parent: find(&record.parent), millis: record.info.created_millis };
        let items: Vec<_> = records.iter().map(item).collect();
        let superfluous = superfluous(&items, find(&self.head().cloned()), self.kept);
        superfluous.into_iter().map(|at| records[at].info.id.clone()).collect()
    }
}

/// Everything known about a snapshot except its size.
fn describe(image: &HeapImage, kind: SnapshotKind, id: SnapshotId, now_millis: f64) -> SnapshotInfo {
    let (omissions, omission_count) = image.omissions("_home", MAX_OMISSIONS);
    let omissions = omissions.into_iter();
    SnapshotInfo {
        id,
        kind,
        created_millis: now_millis,
        byte_size: 0,
        value_count: image.value_count(),
        omissions: omissions.map(|it| Omission { path: it.path, kind: it.kind.name().into() }).collect(),
        omission_count,
        damage: None,
    }
}
