//! A store that forgets everything at its end: for tests, and where the browser offers no other.

use std::cell::RefCell;
use std::collections::BTreeMap;

use wire::SnapshotId;

use super::{Change, Contents, HeadMove, PieceName, Record, SnapshotStore, StoreError, WriterId, unused_pieces};

/// A [`SnapshotStore`] in memory.
#[derive(Default)]
pub struct MemoryStore {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    records: BTreeMap<SnapshotId, Record>,
    pieces: BTreeMap<PieceName, Vec<u8>>,
    head: Option<SnapshotId>,
    writer: Option<WriterId>,
}

impl State {
    fn contents(&self) -> Contents {
        Contents { records: self.records.values().cloned().collect(), unreadable: Vec::new(), head: self.head.clone() }
    }
}

impl MemoryStore {
    /// Changes the stored bytes of a piece behind everybody's back, to test what damage does.
    pub fn damage(&self, name: &PieceName, bytes: Option<Vec<u8>>) {
        let pieces = &mut self.state.borrow_mut().pieces;
        match bytes {
            Some(bytes) => pieces.insert(name.clone(), bytes),
            None => pieces.remove(name),
        };
    }

    /// How many pieces there are.
    pub fn piece_count(&self) -> usize {
        self.state.borrow().pieces.len()
    }
}

impl SnapshotStore for MemoryStore {
    async fn contents(&self) -> Result<Contents, StoreError> {
        Ok(self.state.borrow().contents())
    }

    async fn pieces(&self, names: &[PieceName]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let state = self.state.borrow();
        Ok(names.iter().map(|name| state.pieces.get(name).cloned()).collect())
    }

    async fn apply(&self, change: Change) -> Result<(), StoreError> {
        let state = &mut *self.state.borrow_mut();
        if change.claims {
            state.writer = Some(change.writer);
        } else if state.writer.as_ref().is_some_and(|writer| *writer != change.writer) {
            return Err(StoreError::OtherWriter);
        }
        for piece in change.pieces {
            if change.rewrite_pieces || !state.pieces.contains_key(&piece.name) {
                state.pieces.insert(piece.name, piece.compressed);
            }
        }
        for record in change.put {
            state.records.insert(record.info.id.clone(), record);
        }
        if let HeadMove::To(head) = change.head {
            state.head = head;
        }
        if !change.delete.is_empty() {
            for id in &change.delete {
                state.records.remove(id);
            }
            for name in unused_pieces(&state.contents(), state.pieces.keys().cloned().collect::<Vec<_>>()) {
                state.pieces.remove(&name);
            }
        }
        Ok(())
    }
}
