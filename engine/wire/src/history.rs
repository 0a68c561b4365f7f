//! History and snapshots: saved, restored, and the list of them changed.
//!
//! What changes `_home` is reported by events, since all of the page shows it. What changes only the list of snapshots is
//! a call; [`HistoryEvent::SnapshotsListed`] follows its answer.

use serde::{Deserialize, Serialize};

use crate::{EditFunction, ForgetRuns, LostRun, RunInfo, SnapshotId, SnapshotInfo, SourcePath, Step};

/// A change of `_home` or of the snapshots. Add one here, and to the calls in `call.rs` if it has one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum History {
    /// Save `_home` as it is now under a name.
    SaveSnapshot(SaveSnapshot),
    /// Save a copy of a snapshot.
    DuplicateSnapshot(DuplicateSnapshot),
    /// Give a snapshot another name.
    RenameSnapshot(RenameSnapshot),
    /// Delete a snapshot for ever.
    DeleteSnapshot(DeleteSnapshot),
    /// Put a snapshot's `_home` in the place of the present one, which is kept as a checkpoint.
    /// Answers: [`HistoryEvent::SnapshotRestored`], [`HistoryEvent::HistoryChanged`],
    /// [`crate::EventBody::HomeSaved`], [`HistoryEvent::SnapshotsListed`].
    RestoreSnapshot {
        /// Which one.
        id: SnapshotId,
    },
    /// Make the value at a path of `_home` what it is in a snapshot (nothing, if it is not there), and leave the
    /// rest of `_home` alone. A checkpoint follows. The new value shares no objects with the rest of `_home`.
    /// Answers: [`HistoryEvent::PathRestored`], [`HistoryEvent::HistoryChanged`], [`crate::EventBody::HomeSaved`].
    RestorePath {
        /// The snapshot.
        id: SnapshotId,
        /// The steps to the value: at least one; keys that are tables or functions are refused.
        path: Vec<Step>,
    },
    /// Remove runs from the journal.
    ForgetRuns(ForgetRuns),
    /// Keep a run that was lost with its worker.
    KeepLostRun(LostRun),
    /// Put `_home` back as it was before the last run that changed it (or before the last restore). Answers: [`crate::EventBody::FilesChanged`] and
    /// [`HistoryEvent::FilesKept`] where that is so, [`HistoryEvent::RunUndone`], [`HistoryEvent::HistoryChanged`].
    UndoRun {
        /// Whether the files that it changed are put back as well.
        with_files: bool,
    },
    /// Take back an undo, with the files that were put back. Answers: as for an undo, with [`HistoryEvent::RunRedone`].
    RedoRun {
        /// The checkpoint after the run that is wanted, of those that follow the head; `None`: the newest.
        to: Option<SnapshotId>,
    },
    /// Make a checkpoint anywhere in history what `_home` is. No new one is written: runs are undone back to where the ways to
    /// the two part, and then redone, with their files. Answers: as for an undo, with [`HistoryEvent::WentTo`].
    GoTo {
        /// The checkpoint.
        id: SnapshotId,
    },
    /// Give a branch a name, or take it away.
    NameBranch(NameBranch),
    /// Delete what only one branch has.
    DeleteBranch(DeleteBranch),
    /// Give a function another text.
    EditFunction(EditFunction),
    /// Become the one that may write, in the place of another tab. The last saved `_home` is restored, unless a run
    /// here has changed `_home`: then it is saved. Answer: [`crate::EventBody::Opened`], or a
    /// [`crate::Fault`]. The other tab gets [`HistoryEvent::AccessChanged`].
    TakeOver,
}

/// Save `_home` as it is now under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveSnapshot {
    /// Any text that is not blank. Two snapshots may have the same name.
    pub name: String,
}

/// Save a copy of a snapshot under a name; so also a checkpoint can be kept for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateSnapshot {
    /// Which one.
    pub id: SnapshotId,
    /// The name of the copy: any text that is not blank.
    pub name: String,
}

/// Give a named or imported snapshot another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameSnapshot {
    /// Which one.
    pub id: SnapshotId,
    /// Any text that is not blank.
    pub name: String,
}

/// Delete a snapshot for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteSnapshot {
    /// Which one.
    pub id: SnapshotId,
}

/// Give a branch a name, or take it away. The name stays with the branch when runs continue it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameBranch {
    /// Its leaf: a checkpoint that none follows.
    pub leaf: SnapshotId,
    /// The name, which no other branch has; blank: none.
    pub name: String,
}

/// Delete the checkpoints that only one branch has, and that `_home` did not come from, for ever. What was named stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteBranch {
    /// Its leaf.
    pub leaf: SnapshotId,
}

/// What happened to `_home` or to the snapshots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum HistoryEvent {
    /// All snapshots, the newest first: something about them has changed, or one was found damaged.
    SnapshotsListed(Vec<SnapshotInfo>),
    /// What can be undone and redone now. Comes after every [`crate::EventBody::Opened`], and after all that
    /// moves on or changes history: just before [`crate::EventBody::HomeSaved`], and before
    /// [`HistoryEvent::SnapshotsListed`] where a snapshot was saved, copied or deleted.
    HistoryChanged(HistoryPosition),
    /// `_home` is now that of this snapshot.
    SnapshotRestored(SnapshotInfo),
    /// A part of `_home` is as in this snapshot.
    PathRestored {
        /// The snapshot.
        snapshot: SnapshotInfo,
        /// The path as a person reads it: `_home.users[3]`.
        path: String,
    },
    /// A function has another text.
    FunctionEdited {
        /// The path as a person reads it.
        path: String,
    },
    /// `_home` is as it was before a run; `None`: empty, as it was before the first one.
    RunUndone(Option<SnapshotInfo>),
    /// `_home` is as it was after a run that had been undone.
    RunRedone(SnapshotInfo),
    /// `_home` is that of this checkpoint, and nothing new was saved.
    WentTo(SnapshotInfo),
    /// Undoing or redoing runs left these files alone, since they were changed after them.
    FilesKept(Vec<SourcePath>),
    /// A run is in the journal; just before [`crate::EventBody::HomeSaved`], unless the run was lost.
    RunKept(RunInfo),
    /// A run in a ghost is over. Its snapshots before and after are none.
    RunTried(RunInfo),
    /// Another tab took over, or gave way. By itself, with no request.
    AccessChanged(Access),
}

/// Where in history `_home` is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPosition {
    /// The snapshot that would be restored at the next start; `None` for an empty `_home`.
    pub head: Option<SnapshotId>,
    /// What [`History::UndoRun`] would undo: the first line of what ran. `None` if there is nothing.
    pub undo: Option<String>,
    /// What [`History::RedoRun`] would bring back: of several, the newest. `None` if there is nothing.
    pub redo: Option<String>,
    /// Where history is no single line: the snapshots that do not follow the newest checkpoint before them, the oldest
    /// first. Those that were imported follow nothing and are not among them.
    pub turns: Vec<Turn>,
    /// All branches, those that ended first at the beginning.
    pub branches: Vec<Branch>,
}

/// A line of history that ends in a checkpoint that none follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// That checkpoint.
    pub leaf: SnapshotId,
    /// The name that a person gave it.
    pub name: Option<String>,
}

/// A snapshot that does not follow the newest checkpoint before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The snapshot.
    pub id: SnapshotId,
    /// What it follows; `None` for nothing that is known.
    pub parent: Option<SnapshotId>,
}

/// Whether this worker may write to the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// It is the one writer.
    #[default]
    Writer,
    /// Another tab is. Programs run, and nothing is saved.
    ReadOnly,
    /// No tab is any more. Nothing is saved until [`History::TakeOver`], which disturbs nobody now.
    Vacant,
}
