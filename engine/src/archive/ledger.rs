//! What the store holds, as the archive knows it. While an archive is the writer nobody else changes the store, so this
//! is read once and then updated with every change: the cost of a change depends only on what it changes.

use rustc_hash::{FxHashMap, FxHashSet};
use wire::{RunId, SnapshotId};

use crate::store::{Change, Contents, HeadMove, PieceName, PieceRef, Record, RunRecord};

/// Records, head, and what is known about the pieces.
#[derive(Default)]
pub struct Ledger {
    /// Oldest first.
    records: Vec<Record>,
    unreadable: Vec<SnapshotId>,
    /// Oldest first.
    runs: Vec<RunRecord>,
    unreadable_runs: Vec<RunId>,
    head: Option<SnapshotId>,
    /// How many times the records of snapshots and runs refer to each piece.
    uses: FxHashMap<PieceName, u32>,
    /// Pieces that were written or read since: they exist and are undamaged.
    sound: FxHashSet<PieceName>,
}

impl Ledger {
    /// The ledger of what a store holds now.
    pub fn new(contents: Contents) -> Ledger {
        let Contents { records, unreadable, runs, unreadable_runs, head } = contents;
        let mut ledger = Ledger { unreadable, unreadable_runs, head, ..Ledger::default() };
        runs.into_iter().for_each(|run| ledger.put_run(run));
        for mut record in records {
            // Earlier versions listed every omission and stored no count.
            record.info.omission_count = record.info.omission_count.max(record.info.omissions.len() as u64);
            ledger.put(record);
        }
        ledger
    }

    /// The records that can be read, the oldest first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The ids of the records that cannot be read.
    pub fn unreadable(&self) -> &[SnapshotId] {
        &self.unreadable
    }

    /// The runs that can be read, the oldest first.
    pub fn runs(&self) -> &[RunRecord] {
        &self.runs
    }

    /// Where the run with this id is among those that can be read, or where it would be.
    pub fn find_run(&self, id: &RunId) -> Result<usize, usize> {
        self.runs.binary_search_by(|run| run.info.id.cmp(id))
    }

    /// The ids of the runs that cannot be read.
    pub fn unreadable_runs(&self) -> &[RunId] {
        &self.unreadable_runs
    }

    /// Whether all records can be read, so that all pieces that are needed are known.
    pub fn is_complete(&self) -> bool {
        self.unreadable.is_empty() && self.unreadable_runs.is_empty()
    }

    /// The snapshot that a new worker restores.
    pub fn head(&self) -> Option<&SnapshotId> {
        self.head.as_ref()
    }

    /// The record with this id, if it can be read.
    pub fn record(&self, id: &SnapshotId) -> Option<&Record> {
        Some(&self.records[self.find(id).ok()?])
    }

    /// Where the record with this id is among those that can be read, or where it would be.
    pub fn find(&self, id: &SnapshotId) -> Result<usize, usize> {
        self.records.binary_search_by(|record| record.info.id.cmp(id))
    }

    /// The greatest id.
    pub fn newest_id(&self) -> Option<&SnapshotId> {
        self.records.last().map(|record| &record.info.id).max(self.unreadable.iter().max())
    }

    /// Whether a piece is known to be in the store and undamaged.
    pub fn has_sound(&self, piece: &PieceName) -> bool {
        self.sound.contains(piece)
    }

    /// Records whether these pieces were read and were all undamaged.
    pub fn note_read(&mut self, pieces: &[PieceRef], are_sound: bool) {
        for piece in pieces {
            if are_sound {
                self.sound.insert(piece.name.clone());
            } else {
                self.sound.remove(&piece.name);
            }
        }
    }

    /// Whether a record that can be read needs a piece.
    pub fn is_needed(&self, piece: &PieceName) -> bool {
        self.uses.contains_key(piece)
    }

    /// The pieces that no record needs once a change is made. None while there are records that cannot be read: they
    /// may need any piece.
    pub fn unneeded_after(&self, change: &Change) -> Vec<PieceName> {
        if !self.is_complete() {
            return Vec::new();
        }
        let mut fewer: FxHashMap<&PieceName, u32> = FxHashMap::default();
        let rewritten = change.put.iter().map(|record| &record.info.id);
        let deleted = change.delete.iter().chain(rewritten).filter_map(|id| self.record(id));
        let replaced = change.put_runs.iter().map(|run| &run.info.id);
        let runs = change.delete_runs.iter().chain(replaced).filter_map(|id| Some(&self.runs[self.find_run(id).ok()?]));
        for piece in deleted.flat_map(Record::needs).chain(runs.flat_map(RunRecord::needs)) {
            *fewer.entry(&piece.name).or_default() += 1;
        }
        fewer.retain(|piece, count| self.uses.get(*piece) == Some(count));
        let needed = change.put.iter().flat_map(Record::needs);
        for piece in needed.chain(change.put_runs.iter().flat_map(RunRecord::needs)) {
            fewer.remove(&piece.name);
        }
        fewer.into_keys().cloned().collect()
    }

    /// Applies a change that the store has made.
    pub fn note(&mut self, change: Change) {
        self.sound.extend(change.pieces.into_iter().map(|piece| piece.name));
        change.put.into_iter().for_each(|record| self.put(record));
        for id in &change.delete {
            if let Ok(index) = self.find(id) {
                let record = self.records.remove(index);
                self.count(&mut record.needs(), false);
            }
        }
        self.unreadable.retain(|id| !change.delete.contains(id));
        change.put_runs.into_iter().for_each(|run| self.put_run(run));
        for id in &change.delete_runs {
            if let Ok(index) = self.find_run(id) {
                let run = self.runs.remove(index);
                self.count(&mut run.needs(), false);
            }
        }
        self.unreadable_runs.retain(|id| !change.delete_runs.contains(id));
        for piece in &change.delete_pieces {
            self.sound.remove(piece);
        }
        if let HeadMove::To(head) = change.head {
            self.head = head;
        }
    }

    fn put(&mut self, record: Record) {
        self.count(&mut record.needs(), true);
        let place = self.find(&record.info.id);
        if let Some(old) = put_at(&mut self.records, place, record) {
            self.count(&mut old.needs(), false);
        }
    }

    fn put_run(&mut self, run: RunRecord) {
        self.count(&mut run.needs(), true);
        let place = self.find_run(&run.info.id);
        if let Some(old) = put_at(&mut self.runs, place, run) {
            self.count(&mut old.needs(), false);
        }
    }

    fn count(&mut self, needs: &mut dyn Iterator<Item = &PieceRef>, is_there: bool) {
        for piece in needs {
            match self.uses.get_mut(&piece.name) {
                Some(count) if is_there => *count += 1,
                Some(1) => drop(self.uses.remove(&piece.name)),
                Some(count) => *count -= 1,
                None if is_there => drop(self.uses.insert(piece.name.clone(), 1)),
                None => {}
            }
        }
    }
}

/// Puts an item where a search found one, which is returned, or where it would be.
fn put_at<T>(items: &mut Vec<T>, place: Result<usize, usize>, item: T) -> Option<T> {
    match place {
        Ok(index) => Some(std::mem::replace(&mut items[index], item)),
        Err(index) => {
            items.insert(index, item);
            None
        }
    }
}
