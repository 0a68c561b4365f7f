//! A store that forgets everything at its end: for tests, and where the browser offers no other.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use wire::SnapshotId;

use super::{Change, Contents, HeadMove, PieceName, Record, SnapshotStore, StoreError, WriterId, unused_pieces};

/// A [`SnapshotStore`] in memory.
#[derive(Default)]
pub struct MemoryStore {
    state: RefCell<State>,
    /// After how many steps a change fails.
    steps: Cell<Option<usize>>,
}

#[derive(Clone, Default)]
struct State {
    records: BTreeMap<SnapshotId, Record>,
    pieces: BTreeMap<PieceName, Rc<[u8]>>,
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
            Some(bytes) => pieces.insert(name.clone(), bytes.into()),
            None => pieces.remove(name),
        };
    }

    /// Makes every change fail after so many steps, as a store does whose worker ends in the middle; `None` lets
    /// them through again.
    pub fn stop_after(&self, steps: Option<usize>) {
        self.steps.set(steps);
    }

    /// Takes a step of a change, unless it is one too many.
    fn step(left: &mut Option<usize>) -> Result<(), StoreError> {
        match left {
            Some(0) => Err(StoreError::Failed("stopped on purpose".into())),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn change(&self, state: &mut State, change: Change) -> Result<(), StoreError> {
        let mut left = self.steps.get();
        if change.claims {
            state.writer = Some(change.writer);
        } else if state.writer.as_ref().is_some_and(|writer| *writer != change.writer) {
            return Err(StoreError::OtherWriter);
        }
        for piece in change.pieces {
            if change.rewrite_pieces || !state.pieces.contains_key(&piece.name) {
                MemoryStore::step(&mut left)?;
                state.pieces.insert(piece.name, piece.compressed.into());
            }
        }
        for record in change.put {
            MemoryStore::step(&mut left)?;
            state.records.insert(record.info.id.clone(), record);
        }
        if let HeadMove::To(head) = change.head {
            MemoryStore::step(&mut left)?;
            state.head = head;
        }
        if !change.delete.is_empty() {
            for id in &change.delete {
                MemoryStore::step(&mut left)?;
                state.records.remove(id);
            }
            for name in unused_pieces(&state.contents(), state.pieces.keys().cloned().collect::<Vec<_>>()) {
                MemoryStore::step(&mut left)?;
                state.pieces.remove(&name);
            }
        }
        Ok(())
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
        Ok(names.iter().map(|name| state.pieces.get(name).map(|bytes| bytes.to_vec())).collect())
    }

    async fn apply(&self, change: Change) -> Result<(), StoreError> {
        // A copy, which takes the place of the state when all went well.
        let mut state = self.state.borrow().clone();
        self.change(&mut state, change)?;
        *self.state.borrow_mut() = state;
        Ok(())
    }
}
