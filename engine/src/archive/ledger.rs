//! What the store holds, as the archive knows it. While one is the writer of a store nobody else changes it, so this is
//! read once and then kept up with every change: what a change costs depends on what it changes.

use rustc_hash::{FxHashMap, FxHashSet};
use wire::SnapshotId;

use crate::store::{Change, Contents, HeadMove, PieceName, PieceRef, Record};

/// Records, head, and what is known of the pieces.
#[derive(Default)]
pub struct Ledger {
    /// The oldest first.
    records: Vec<Record>,
    unreadable: Vec<SnapshotId>,
    head: Option<SnapshotId>,
    /// How often the records name each piece.
    uses: FxHashMap<PieceName, u32>,
    /// Pieces that were written or read since: they are there, and whole.
    sound: FxHashSet<PieceName>,
}

impl Ledger {
    /// What a store holds now.
    pub fn new(contents: Contents) -> Ledger {
        let Contents { records, unreadable, head } = contents;
        let mut ledger = Ledger { unreadable, head, ..Ledger::default() };
        for mut record in records {
            // Earlier versions named all that was left out, and did not count it.
            record.info.omission_count = record.info.omission_count.max(record.info.omissions.len() as u64);
            ledger.put(record);
        }
        ledger
    }

    /// The records that can be read, the oldest first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The ids of those that cannot.
    pub fn unreadable(&self) -> &[SnapshotId] {
        &self.unreadable
    }

    /// The snapshot to start from.
    pub fn head(&self) -> Option<&SnapshotId> {
        self.head.as_ref()
    }

    /// A record that can be read.
    pub fn record(&self, id: &SnapshotId) -> Option<&Record> {
        let index = self.records.binary_search_by(|record| record.info.id.cmp(id)).ok()?;
        Some(&self.records[index])
    }

    /// The greatest id.
    pub fn newest_id(&self) -> Option<&SnapshotId> {
        self.records.last().map(|record| &record.info.id).max(self.unreadable.iter().max())
    }

    /// Whether a piece is known to be in the store, and whole.
    pub fn has_sound(&self, piece: &PieceName) -> bool {
        self.sound.contains(piece)
    }

    /// Notes that these pieces were read, and were what they should be; or that at least one of them was not.
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

    /// The pieces that no record needs once a change is made. None, while there are records that cannot be read: who
    /// knows what those need.
    pub fn unneeded_after(&self, change: &Change) -> Vec<PieceName> {
        if !self.unreadable.is_empty() {
            return Vec::new();
        }
        let mut fewer: FxHashMap<&PieceName, u32> = FxHashMap::default();
        let deleted = change.delete.iter().filter_map(|id| self.record(id));
        for piece in deleted.flat_map(|record| &record.pieces) {
            *fewer.entry(&piece.name).or_default() += 1;
        }
        fewer.retain(|piece, count| self.uses.get(*piece) == Some(count));
        for piece in change.put.iter().flat_map(|record| &record.pieces) {
            fewer.remove(&piece.name);
        }
        fewer.into_keys().cloned().collect()
    }

    /// Does what the store did.
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
        for piece in &record.pieces {
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
