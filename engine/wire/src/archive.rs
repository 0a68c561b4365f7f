//! What can be done with history and snapshots, beyond saving and restoring one whole.

use serde::{Deserialize, Serialize};

use crate::{DiffListing, Omission, SnapshotId, SnapshotInfo, SourceDiff, Step, Subject};

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
    /// Compare two values at a path: list which of their children differ. Answer: [`ArchiveEvent::Diffed`].
    ///
    /// The first question about two subjects compares them whole, which takes about as long as reading them;
    /// later ones about the same two are quick, until a run changes `_home`.
    Diff {
        /// What it was.
        before: Subject,
        /// What it is.
        after: Subject,
        /// The steps of rows that were listed before; empty for the whole.
        path: Vec<Step>,
        /// The first row wanted, counted from 0.
        offset: u32,
        /// How many rows are wanted at most.
        limit: u32,
    },
    /// Compare the source text of two functions. Answer: [`ArchiveEvent::SourcesDiffed`].
    DiffSources {
        /// What it was.
        before: Subject,
        /// What it is.
        after: Subject,
        /// The steps to a row that was listed by [`ArchiveCommand::Diff`].
        path: Vec<Step>,
    },
    /// Make a file (`.cusnap`) of a snapshot, or of `_home` as it was after the last run.
    /// Answer: [`ArchiveEvent::Exported`].
    Export {
        /// What.
        subject: Subject,
    },
    /// Keep a file that [`ArchiveCommand::Export`] made, here or elsewhere, as a snapshot. It is checked whole, but
    /// nothing of it is compiled or run, and `_home` stays as it is.
    /// Answers: [`ArchiveEvent::Imported`], [`crate::EventBody::SnapshotsListed`].
    Import {
        /// The name of the snapshot: the file's, as a rule.
        name: String,
        /// The file.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// Write the plain data of a snapshot or of `_home` as JSON. Answer: [`ArchiveEvent::JsonExported`].
    ExportJson {
        /// What.
        subject: Subject,
    },
    /// Keep the data of a JSON text (an object or an array) as a snapshot.
    /// Answers: [`ArchiveEvent::Imported`], [`crate::EventBody::SnapshotsListed`].
    ImportJson {
        /// The name of the snapshot.
        name: String,
        /// The text.
        text: String,
    },
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
    /// Answer to [`ArchiveCommand::Diff`]. `None` if the path leads to nothing that differs (any more).
    Diffed(Option<DiffListing>),
    /// Answer to [`ArchiveCommand::DiffSources`]. `None` if there are no two functions there.
    SourcesDiffed(Option<SourceDiff>),
    /// A file is ready to be given to the person.
    Exported {
        /// Its bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// A JSON text is ready.
    JsonExported {
        /// The text.
        text: String,
        /// What it could not hold, by path; the first thousand.
        omissions: Vec<Omission>,
        /// How many there are in all.
        omission_count: u64,
    },
    /// What was brought is a snapshot now, of kind [`crate::SnapshotKind::Imported`].
    Imported(SnapshotInfo),
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
