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
use wire::{RunId, RunInfo, SnapshotId, SnapshotInfo, SnapshotKind, SourcePath};

use crate::files::FileEdit;

/// The name of a piece: the BLAKE3 hash of its bytes (before compression) in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PieceName(pub String);

/// Everything about a snapshot except its bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What people see of it.
    pub info: SnapshotInfo,
    /// The version of the encoding of its bytes, see FORMAT.md.
    pub format: u16,
    /// The engine and the Lua that made it.
    pub producer: String,
    /// The snapshot that was the head before it.
    pub parent: Option<SnapshotId>,
    /// Its bytes are these pieces in order.
    pub pieces: Vec<PieceRef>,
    /// What the run before it made of files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRecord>,
    /// The name of the branch that ends with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// Whether a person deleted it while it was the head. It is kept, but not listed, until another is the head.
    #[serde(default)]
    pub is_deleted: bool,
}

impl Record {
    /// Whether it was saved after a run.
    pub fn is_checkpoint(&self) -> bool {
        matches!(self.info.kind, SnapshotKind::Checkpoint { .. })
    }

    /// All pieces that it needs.
    pub fn needs(&self) -> impl Iterator<Item = &PieceRef> {
        let contents = self.files.iter().flat_map(|file| [&file.before, &file.after]);
        self.pieces.iter().chain(contents.flatten().flatten())
    }
}

/// What a run made of a file; the contents are these pieces in order.
pub type FileRecord = FileEdit<Vec<PieceRef>>;

/// A run of the journal, as `archive/JOURNAL.md` says: what is known without opening it, and which pieces the rest is in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// What people see of it.
    pub info: RunInfo,
    /// The text that ran.
    pub source: Vec<PieceRef>,
    /// What it read of files.
    pub files: Vec<(SourcePath, Vec<PieceRef>)>,
    /// What `_io.input` was made of.
    pub input: Vec<PieceRef>,
    /// What it wrote, encoded; `None` if that made room for something else.
    pub output: Option<Vec<PieceRef>>,
    /// Its traceback and its readings, encoded.
    pub rest: Vec<PieceRef>,
}

/// The first byte of a run's record.
const RUN_VERSION: u8 = 1;

impl RunRecord {
    /// All pieces that it needs.
    pub fn needs(&self) -> impl Iterator<Item = &PieceRef> {
        let files = self.files.iter().flat_map(|(_, pieces)| pieces);
        self.source.iter().chain(files).chain(&self.input).chain(self.output.iter().flatten()).chain(&self.rest)
    }

    /// How many bytes of output it keeps.
    pub fn output_bytes(&self) -> u64 {
        self.output.iter().flatten().map(|piece| u64::from(piece.length)).sum()
    }

    /// The record as it is stored.
    pub fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        let bytes = wire::encode(self).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok([&[RUN_VERSION], &bytes[..]].concat())
    }

    /// The record that is stored in these bytes; `None` if this version cannot read it.
    pub fn from_bytes(bytes: &[u8]) -> Option<RunRecord> {
        let (version, bytes) = bytes.split_first()?;
        (*version == RUN_VERSION).then(|| wire::decode(bytes).ok()).flatten()
    }
}

/// A piece of a snapshot's bytes, or of a run's.
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

/// Identifies a writer of a store: the worker of one tab, from its start to its end.
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

/// A change to a store, made completely or not at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Who makes the change.
    pub writer: WriterId,
    /// Whether this writer becomes the only one. If not, and another is the writer, nothing is changed.
    pub claims: bool,
    /// Records to write, replacing those with the same ids.
    pub put: Vec<Record>,
    /// Pieces to write, replacing those with the same names. A name stands for one content, so it does not matter what
    /// was there.
    pub pieces: Vec<Piece>,
    /// Records to delete.
    pub delete: Vec<SnapshotId>,
    /// Runs to write, replacing those with the same ids.
    pub put_runs: Vec<RunRecord>,
    /// Runs to delete.
    pub delete_runs: Vec<RunId>,
    /// Pieces to delete: no record needs them any longer.
    pub delete_pieces: Vec<PieceName>,
    /// Where the head goes.
    pub head: HeadMove,
}

/// All records of a store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Those that can be read, oldest first.
    pub records: Vec<Record>,
    /// Those that cannot be read. They are left alone.
    pub unreadable: Vec<SnapshotId>,
    /// The runs that can be read, oldest first.
    pub runs: Vec<RunRecord>,
    /// The runs that cannot be read. They are left alone.
    pub unreadable_runs: Vec<RunId>,
    /// The snapshot that a new worker restores.
    pub head: Option<SnapshotId>,
}

impl Contents {
    /// Adds a run as it is stored.
    pub fn add_run(&mut self, id: RunId, bytes: &[u8]) {
        match RunRecord::from_bytes(bytes) {
            Some(run) => self.runs.push(run),
            None => self.unreadable_runs.push(id),
        }
    }
}

/// Why a store failed. It still holds what it held before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no room left.
    #[error("the browser's storage is full")]
    QuotaExceeded,
    /// The database was written by a later version of this program.
    #[error("the stored data was written by a newer version of cu; reload the page to get that version")]
    NewerVersion,
    /// Another tab is the writer now.
    #[error("another tab is the one that saves")]
    OtherWriter,
    /// Anything else, in the store's own words.
    #[error("the browser's storage failed: {0}")]
    Failed(String),
}

/// Storage for records and pieces.
#[expect(async_fn_in_trait, reason = "one thread; nobody needs the futures to be Send")]
pub trait SnapshotStore {
    /// Reads all records.
    async fn contents(&self) -> Result<Contents, StoreError>;
    /// Reads pieces, compressed; `None` for one that is missing.
    async fn pieces(&self, names: &[PieceName]) -> Result<Vec<Option<Vec<u8>>>, StoreError>;
    /// The names of all pieces.
    async fn piece_names(&self) -> Result<Vec<PieceName>, StoreError>;
    /// Makes a change. When this returns, all of it is on disk; if it fails, none of it is. It reads only who the
    /// writer is, so its cost depends only on what is changed.
    async fn apply(&self, change: &Change) -> Result<(), StoreError>;
    /// Opens another store of the same kind, which is only read. `None` where stores have no names.
    async fn open_other(&self, _name: &str) -> Result<Option<Self>, StoreError>
    where
        Self: Sized,
    {
        Ok(None)
    }
    /// Ends the use of a store, which would else keep others from deleting it.
    fn close(self)
    where
        Self: Sized,
    {
    }
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
