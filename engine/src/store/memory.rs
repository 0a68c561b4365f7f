//! A store that forgets everything when it is dropped: for tests, and where the browser offers no other.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use wire::{RunId, SnapshotId};

use super::{Change, Contents, HeadMove, PieceName, Record, SnapshotStore, StoreError, WriterId};

/// A [`SnapshotStore`] in memory.
#[derive(Default)]
pub struct MemoryStore {
    state: RefCell<State>,
    /// The number of steps after which a change fails.
    steps: Cell<Option<usize>>,
    /// How many bytes all pieces may have.
    room: Cell<Option<usize>>,
}

#[derive(Default)]
struct State {
    records: BTreeMap<SnapshotId, Record>,
    pieces: BTreeMap<PieceName, Rc<[u8]>>,
    runs: BTreeMap<RunId, Vec<u8>>,
    head: Option<SnapshotId>,
    writer: Option<WriterId>,
}

impl State {
    fn contents(&self) -> Contents {
        let records = self.records.values().cloned().collect();
        let mut contents = Contents { records, head: self.head.clone(), ..Contents::default() };
        self.runs.iter().for_each(|(id, bytes)| contents.add_run(id.clone(), bytes));
        contents
    }
}

impl MemoryStore {
    /// Changes the stored bytes of a piece, to test what damage does.
    pub fn damage(&self, name: &PieceName, bytes: Option<Vec<u8>>) {
        let pieces = &mut self.state.borrow_mut().pieces;
        match bytes {
            Some(bytes) => pieces.insert(name.clone(), bytes.into()),
            None => pieces.remove(name),
        };
    }

    /// Makes every change fail after `steps` steps, as in a store whose worker ends in the middle; `None` lets changes
    /// succeed again.
    pub fn stop_after(&self, steps: Option<usize>) {
        self.steps.set(steps);
    }

    /// Makes every change fail that would leave more than `bytes` bytes of pieces; `None` removes the limit.
    pub fn limit_room(&self, bytes: Option<usize>) {
        self.room.set(bytes);
    }

    /// The bytes of all pieces.
    pub fn piece_bytes(&self) -> usize {
        self.state.borrow().pieces.values().map(|piece| piece.len()).sum()
    }

    /// Writes a run's record as bytes of any kind.
    pub fn put_run(&self, id: RunId, bytes: Vec<u8>) {
        self.state.borrow_mut().runs.insert(id, bytes);
    }

    /// Checks that a change is allowed and will not fail.
    fn check(&self, state: &State, change: &Change) -> Result<(), StoreError> {
        if !change.claims && state.writer.as_ref().is_some_and(|writer| *writer != change.writer) {
            return Err(StoreError::OtherWriter);
        }
        let moves = usize::from(change.head != HeadMove::None);
        let deletions = change.delete.len() + change.delete_pieces.len();
        let runs = change.put_runs.len() + change.delete_runs.len();
        let steps = change.pieces.len() + change.put.len() + runs + moves + deletions;
        let gone = |name: &PieceName| change.delete_pieces.contains(name);
        let left = state.pieces.iter().filter(|(name, _)| !gone(name)).map(|(_, bytes)| bytes.len());
        let added = change.pieces.iter().filter(|piece| !state.pieces.contains_key(&piece.name));
        let bytes: usize = left.chain(added.map(|piece| piece.compressed.len())).sum();
        if !change.pieces.is_empty() && self.room.get().is_some_and(|room| bytes > room) {
            return Err(StoreError::QuotaExceeded);
        }
        match self.steps.get() {
            Some(possible) if steps > possible => Err(StoreError::Failed("stopped on purpose".into())),
            _ => Ok(()),
        }
    }

    /// The number of pieces.
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

    async fn piece_names(&self) -> Result<Vec<PieceName>, StoreError> {
        Ok(self.state.borrow().pieces.keys().cloned().collect())
    }

    async fn apply(&self, change: &Change) -> Result<(), StoreError> {
        let mut state = self.state.borrow_mut();
        // Everything that can fail comes before the first change.
        self.check(&state, change)?;
        if change.claims {
            state.writer = Some(change.writer.clone());
        }
        for piece in &change.pieces {
            state.pieces.insert(piece.name.clone(), piece.compressed.as_slice().into());
        }
        for run in &change.put_runs {
            state.runs.insert(run.info.id.clone(), run.to_bytes()?);
        }
        change.delete_runs.iter().for_each(|id| drop(state.runs.remove(id)));
        for record in &change.put {
            state.records.insert(record.info.id.clone(), record.clone());
        }
        if let HeadMove::To(head) = &change.head {
            state.head.clone_from(head);
        }
        for id in &change.delete {
            state.records.remove(id);
        }
        for name in &change.delete_pieces {
            state.pieces.remove(name);
        }
        Ok(())
    }
}
