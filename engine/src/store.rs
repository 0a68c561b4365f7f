//! Where snapshots are kept. A store knows records and pieces of bytes; what is in them is the business of
//! [`crate::archive`].

#[cfg(target_arch = "wasm32")]
mod indexed_db;
#[cfg(target_arch = "wasm32")]
mod lock;
mod memory;

#[cfg(target_arch = "wasm32")]
pub use indexed_db::IndexedDb;
#[cfg(target_arch = "wasm32")]
pub use lock::Lock;
pub use memory::MemoryStore;

use serde::{Deserialize, Serialize};
use wire::{SnapshotId, SnapshotInfo};

/// The name of a piece: the BLAKE3 hash of its bytes (before compression) in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PieceName(pub String);

/// All about a snapshot but its bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What a person may know of it.
    pub info: SnapshotInfo,
    /// The version of the encoding of its bytes, see FORMAT.md.
    pub format: u16,
    /// The engine and the Lua that made it.
    pub producer: String,
    /// The snapshot that was the head before.
    pub parent: Option<SnapshotId>,
    /// Its bytes are these pieces in order.
    pub pieces: Vec<PieceRef>,
    /// Whether a person deleted it while it was the head. It is kept, but not listed, until the head is another.
    #[serde(default)]
    pub is_deleted: bool,
}

/// A piece of a snapshot's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceRef {
    /// Its name.
    pub name: PieceName,
    /// Its length before compression, in bytes.
    pub length: u32,
}

/// A piece to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its name.
    pub name: PieceName,
    /// Its bytes, compressed.
    pub compressed: Vec<u8>,
}

/// Names one who writes to a store: the worker of a tab, from its start to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriterId(pub String);

/// Where the head goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum HeadMove {
    /// It stays where it is.
    #[default]
    None,
    /// To this snapshot, which is to be restored at the next start; `None`: to no snapshot.
    To(Option<SnapshotId>),
}

/// What is to be changed in a store, all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Who makes the change.
    pub writer: WriterId,
    /// Whether that is the one writer from now on. If not, and another is, nothing is changed.
    pub claims: bool,
    /// Records to be written, in the place of those with the same ids.
    pub put: Vec<Record>,
    /// Pieces to be written, in the place of those with the same names. What they were is of no importance: a name
    /// stands for one content.
    pub pieces: Vec<Piece>,
    /// Records to be deleted.
    pub delete: Vec<SnapshotId>,
    /// Pieces to be deleted, which no record needs any longer.
    pub delete_pieces: Vec<PieceName>,
    /// Where the head goes.
    pub head: HeadMove,
}

/// All records of a store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Those that can be read, the oldest first.
    pub records: Vec<Record>,
    /// Those that can not. They are left alone.
    pub unreadable: Vec<SnapshotId>,
    /// The snapshot to be restored.
    pub head: Option<SnapshotId>,
}

/// Why a store did not do what it was asked for. What it held before, it still holds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no room left.
    #[error("the browser's storage is full")]
    QuotaExceeded,
    /// The database was written by a later version of this program.
    #[error("the stored data was written by a newer version of cu; reload the page to get that version")]
    NewerVersion,
    /// Somebody else is the one writer now.
    #[error("another tab is the one that saves")]
    OtherWriter,
    /// Anything else, in the store's own words.
    #[error("the browser's storage failed: {0}")]
    Failed(String),
}

/// A place for records and pieces.
#[expect(async_fn_in_trait, reason = "one thread; nobody needs the futures to be Send")]
pub trait SnapshotStore {
    /// Reads all records.
    async fn contents(&self) -> Result<Contents, StoreError>;
    /// Reads pieces, compressed; `None` for one that is missing.
    async fn pieces(&self, names: &[PieceName]) -> Result<Vec<Option<Vec<u8>>>, StoreError>;
    /// The names of all pieces.
    async fn piece_names(&self) -> Result<Vec<PieceName>, StoreError>;
    /// Makes a change. When this returns it is on disk, all of it; if it fails, none of it is. It reads nothing but
    /// who the writer is, and so takes no longer than what is changed.
    async fn apply(&self, change: &Change) -> Result<(), StoreError>;
}

impl<S: SnapshotStore> SnapshotStore for std::rc::Rc<S> {
    async fn contents(&self) -> Result<Contents, StoreError> {
        S::contents(self).await
    }

    async fn pieces(&self, names: &[PieceName]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        S::pieces(self, names).await
    }

    async fn piece_names(&self) -> Result<Vec<PieceName>, StoreError> {
        S::piece_names(self).await
    }

    async fn apply(&self, change: &Change) -> Result<(), StoreError> {
        S::apply(self, change).await
    }
}
