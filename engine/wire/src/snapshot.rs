//! Saving and restoring `_home`.

use serde::{Deserialize, Serialize};

use crate::Access;

/// Names a stored snapshot. Later ones sort after earlier ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SnapshotId(pub String);

/// Why a snapshot exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SnapshotKind {
    /// Saved by itself after a run; makes room for newer ones in time.
    Checkpoint {
        /// The first line of what ran.
        label: String,
    },
    /// Saved by a person under a name; stays until it is deleted.
    Named {
        /// The name.
        name: String,
    },
    /// Imported from a file, and not trusted: to be inspected before it is restored. Stays until it
    /// is deleted.
    Imported {
        /// The name.
        name: String,
    },
}

impl SnapshotKind {
    /// The name, or the first line of what ran before a checkpoint.
    pub fn name(&self) -> &str {
        match self {
            SnapshotKind::Named { name } | SnapshotKind::Imported { name } => name,
            SnapshotKind::Checkpoint { label } => label,
        }
    }
}

/// What is known of a stored snapshot without opening it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnapshotInfo {
    /// Its id.
    pub id: SnapshotId,
    /// Why it exists.
    pub kind: SnapshotKind,
    /// When it was saved, in milliseconds since 1970, UTC.
    pub created_millis: f64,
    /// The size of its image, in bytes.
    pub byte_size: u64,
    /// How many values it holds.
    pub value_count: u64,
    /// What could not be saved; the first thousand.
    pub omissions: Vec<Omission>,
    /// How many values could not be saved in all.
    #[serde(default)]
    pub omission_count: u64,
    /// Why it cannot be read, if that is known.
    pub damage: Option<String>,
}

impl SnapshotInfo {
    /// How many values could not be saved in all, of which [`SnapshotInfo::omissions`] lists the first.
    pub fn omitted_count(&self) -> u64 {
        self.omission_count.max(self.omissions.len() as u64)
    }
}

/// A value that is not in a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Omission {
    /// Where it was: `_home.jobs[3].file`.
    pub path: String,
    /// What it was: `coroutine`, `userdata`.
    pub kind: String,
}

/// A checkpoint that is on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SaveReport {
    /// The snapshot that now is the head.
    pub snapshot: SnapshotInfo,
    /// Whether a new snapshot was written; false if `_home` was equal to the last one.
    pub is_new: bool,
    /// Checkpoints that made room for this one.
    pub removed: Vec<SnapshotId>,
    /// Globals that functions in `_home` use, and that will be missing in a fresh VM; the first hundred.
    pub missing_globals: Vec<MissingGlobal>,
}

/// A global variable that is not saved, though a function in `_home` uses it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MissingGlobal {
    /// The function: `_home.report`.
    pub path: String,
    /// The global: `fmt_date`.
    pub name: String,
}

/// How the worker found things when it opened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OpenReport {
    /// The snapshot that `_home` was restored from; `None` for an empty `_home`.
    pub restored: Option<SnapshotInfo>,
    /// Why the last saved `_home` could not be restored, though there was one. It is kept.
    pub problem: Option<String>,
    /// All snapshots, the newest first.
    pub snapshots: Vec<SnapshotInfo>,
    /// Whether runs will be saved.
    pub access: Access,
}
