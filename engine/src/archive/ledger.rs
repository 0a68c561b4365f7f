//! What the store holds, as the archive knows it. While an archive is the writer nobody else changes the store, so this
//! is read once and then updated with every change: the cost of a change depends only on what it changes.

use rustc_hash::{FxHashMap, FxHashSet};
use wire::SnapshotId;

use crate::store::{Change, Contents, HeadMove, PieceName, PieceRef, Record};

/// Records, head, and what is known about the pieces.
#[derive(Default)]
pub struct Ledger {
    /// Oldest first.
    records: Vec<Record>,
    unreadable: Vec<SnapshotId>,
    head: Option<SnapshotId>,
    /// How many times the records refer to each piece.
    uses: FxHashMap<PieceName, u32>,
    /// Pieces that were written or read since: they exist and are undamaged.
    sound: FxHashSet<PieceName>,
}

impl Ledger {
    /// The ledger of what a store holds now.
    pub fn new(contents: Contents) -> Ledger {
        let Contents { records, unreadable, head } = contents;
        let mut ledger = Ledger { unreadable, head, ..Ledger::default() };
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

    /// The snapshot that a new worker restores.
    pub fn head(&self) -> Option<&SnapshotId> {
        self.head.as_ref()
    }

    /// The record with this id, if it can be read.
    pub fn record(&self, id: &SnapshotId) -> Option<&Record> {
        let index = self.records.binary_search_by(|record| record.info.id.cmp(id)).ok()?;
        Some(&self.records[index])
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
        if !self.unreadable.is_empty() {
            return Vec::new();
        }
        let mut fewer: FxHashMap<&PieceName, u32> = FxHashMap::default();
        let deleted = change.delete.iter().filter_map(|id| self.record(id));
        for piece in deleted.flat_map(Record::needs) {
            *fewer.entry(&piece.name).or_default() += 1;
        }
        fewer.retain(|piece, count| self.uses.get(*piece) == Some(count));
        for piece in change.put.iter().flat_map(Record::needs) {
            fewer.remove(&piece.name);
        }
        fewer.into_keys().cloned().collect()
    }

    /// Applies a change that the store has made.
    pub fn note(&mut self, change: Change) {
        self.sound.extend(change.pieces.into_iter().map(|piece| piece.name));
        change.put.into_iter().for_each(|record| self.put(record));
        for id in &change.delete {
            if let Ok(index) = self.records.binary_search_by(|record| record.info.id.cmp(id)) {
                let record = self.records.remove(index);
                self.count(&record, false);
            }
        }
        self.unreadable.retain(|id| !change.delete.contains(id));
        for piece in &change.delete_pieces {
            self.sound.remove(piece);
        }
        if let HeadMove::To(head) = change.head {
            self.head = head;
        }
    }

    fn put(&mut self, record: Record) {
        self.count(&record, true);
        match self.records.binary_search_by(|known| known.info.id.cmp(&record.info.id)) {
            Ok(index) => {
                let old = std::mem::replace(&mut self.records[index], record);
                self.count(&old, false);
            }
            Err(index) => self.records.insert(index, record),
        }
    }

    fn count(&mut self, record: &Record, is_there: bool) {
        for piece in record.needs() {
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
