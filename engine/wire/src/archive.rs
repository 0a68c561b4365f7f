//! What can be done with history and snapshots, beyond saving and restoring one whole.

use serde::{Deserialize, Serialize};

use crate::{SnapshotId, SnapshotInfo, Step};

/// What a worker can be asked about history and snapshots. Where an answer is not given, there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ArchiveCommand {
    /// Change what is kept, and what programs find. Lasts until the worker ends; to be sent after
    /// [`crate::Command::Open`].
    SetPreferences(Preferences),
    /// Put `_home` back as it was before the last run that changed it (or before the last restore).
    /// Answers: [`ArchiveEvent::RunUndone`], [`ArchiveEvent::HistoryChanged`].
    UndoRun,
    /// Take back the last undo. Answers: [`ArchiveEvent::RunRedone`], [`ArchiveEvent::HistoryChanged`].
    RedoRun,
    /// Give a named or imported snapshot another name. Answers: [`ArchiveEvent::Renamed`],
    /// [`crate::EventBody::SnapshotsListed`].
    Rename {
        /// Which one.
        id: SnapshotId,
        /// Any text that is not blank.
        name: String,
    },
    /// Save a copy of a snapshot under a name; so also a checkpoint can be kept for good.
    /// Answers: [`crate::EventBody::SnapshotSaved`], [`crate::EventBody::SnapshotsListed`].
    Duplicate {
        /// Which one.
        id: SnapshotId,
        /// The name of the copy: any text that is not blank.
        name: String,
    },
    /// Make the value at a path of `_home` what it is in a snapshot (nothing, if it is not there), and leave the
    /// rest of `_home` alone. A checkpoint follows. The new value shares no objects with the rest of `_home`.
    /// Answers: [`ArchiveEvent::PathRestored`], [`ArchiveEvent::HistoryChanged`], [`crate::EventBody::HomeSaved`].
    RestorePath {
        /// The snapshot.
        id: SnapshotId,
        /// The steps to the value: at least one; keys that are tables or functions are refused.
        path: Vec<Step>,
    },
    /// Become the one that may write, in the place of another tab. The last saved `_home` is restored, unless a run
    /// here has changed `_home`: then it is saved. Answer: [`crate::EventBody::Opened`], or a
    /// [`crate::Fault`]. The other tab gets [`ArchiveEvent::AccessChanged`].
    TakeOver,
}

/// What a worker says of history and snapshots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ArchiveEvent {
    /// What can be undone and redone now. Comes after every [`crate::EventBody::Opened`], and after all that
    /// moves on or changes history: just before [`crate::EventBody::HomeSaved`], and before
    /// [`crate::EventBody::SnapshotsListed`] where that follows a deletion.
    HistoryChanged(History),
    /// `_home` is as it was before a run; `None`: empty, as it was before the first one.
    RunUndone(Option<SnapshotInfo>),
    /// `_home` is as it was after a run that had been undone.
    RunRedone(SnapshotInfo),
    /// A snapshot has a new name.
    Renamed(SnapshotInfo),
    /// A part of `_home` is as in this snapshot.
    PathRestored {
        /// The snapshot.
        snapshot: SnapshotInfo,
        /// The path as a person reads it: `_home.users[3]`.
        path: String,
    },
    /// A stage of the work on this request begins, and will take a while. It does not answer the request.
    Progressed(Progress),
    /// Another tab took over, or gave way. By itself, with no request.
    AccessChanged(Access),
}

/// What a person can choose about history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// How many checkpoints are kept; at least 1.
    pub checkpoints_kept: u32,
    /// Whether programs find `_home` under the name `Memory` as well, as those for version 1 of cu expect.
    pub has_memory_alias: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Preferences { checkpoints_kept: 50, has_memory_alias: true }
    }
}

/// Where in history `_home` is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The snapshot that would be restored at the next start; `None` for an empty `_home`.
    pub head: Option<SnapshotId>,
    /// What [`ArchiveCommand::UndoRun`] would undo: the first line of what ran. `None` if there is nothing.
    pub undo: Option<String>,
    /// What [`ArchiveCommand::RedoRun`] would bring back. `None` if there is nothing.
    pub redo: Option<String>,
}

/// Whether this worker may write to the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// It is the one writer.
    #[default]
    Writer,
    /// Another tab is. Programs run, and nothing is saved.
    ReadOnly,
    /// No tab is any more. Nothing is saved until [`ArchiveCommand::TakeOver`], which disturbs nobody now.
    Vacant,
}

/// How far long work has come. It is over with the answer to what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done, in parts that mean nothing but for their ratio to [`Progress::total`].
    pub done: u64,
    /// How much it is in all; 0 if nobody knows.
    pub total: u64,
}

/// A kind of work that can take long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// `_home` is looked through.
    Capturing,
    /// It is turned into bytes, and they are written.
    Storing,
    /// A snapshot's bytes are read, checked and turned into values.
    Reading,
    /// The values are put into `_home`.
    Restoring,
    /// Two states are compared.
    Comparing,
}
