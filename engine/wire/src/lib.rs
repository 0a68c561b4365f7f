//! The messages between the page and the worker, and nothing else: no Lua, no browser types.
//!
//! The page sends a [`Request`], the worker answers with [`Event`]s. Both travel as postcard bytes
//! ([`encode`], [`decode`]). Commands are imperative, events past tense.

mod call;
pub mod control;
mod diff;
mod edit;
mod files;
mod function_edit;
mod ghost;
mod history;
mod inspect;
mod journal;
mod location;
mod look;
mod progress;
mod run;
mod search;
mod settings;
mod snapshot;
mod trace;
mod transfer;

pub use call::{Call, Reply};
pub use diff::{Change, DiffLine, DiffListing, DiffRow, DiffTotals, Side, SourceDiff};
pub use edit::{Edit, WriteEdit};
pub use files::{FileChange, MAX_FILE_BYTES, MAX_FILES, MAX_FILES_BYTES, MAX_OPEN_FILES};
pub use function_edit::{CheckFunction, EditFunction, FunctionEdit};
pub use ghost::{Fork, Forked, Ghost, Hold, KeepTrial, Load};
pub use history::{
    Access, Branch, DeleteBranch, DeleteSnapshot, DuplicateSnapshot, History, HistoryEvent, HistoryPosition,
    NameBranch, RenameSnapshot, SaveSnapshot, Turn,
};
pub use inspect::{Key, Kind, Listing, Reference, Row, Source, Step, Subject, Summary};
pub use journal::{
    Encoded, Ending, ForgetRuns, ListRuns, LostRun, Readings, RunDetails, RunFile, RunId, RunInfo, RunList, RunRest,
    ShowRun,
};
pub use location::{ChunkLocation, ChunkName, MAX_NAME_BYTES, MAX_PATH_BYTES, PathError, SourceLocation, SourcePath};
#[cfg(test_build)]
pub use look::Probe;
pub use look::{
    Compare, CompareSources, CompareTexts, Define, Definitions, Inspect, Look, ShowSource, TextForm, WriteValue,
};
pub use progress::{Progress, Stage};
pub use run::{Outcome, Output, PrintedLine, PrintedPart, RunMode, RunReport, ScriptError, Stream};
pub use search::{Hit, Hits, Place, Search};
pub use settings::{Limits, Preferences, Settings};
pub use snapshot::{MissingGlobal, Omission, OpenReport, SaveReport, SnapshotId, SnapshotInfo, SnapshotKind};
pub use trace::{Trace, TraceRow, TraceValue, TracedChange};
pub use transfer::{
    Export, ExportHistory, ExportJson, Import, ImportHistory, ImportJson, JsonExport, SnapshotFile, Transfer,
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Names one request of a page. Ids are never reused by a worker's client, so that a late event of
/// a request that was given up matches nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RequestId(pub u32);

/// What the page sends to a worker: to the engine's, unless another kind of command is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request<C = Command> {
    /// Comes back in every event that answers this request.
    pub id: RequestId,
    /// What is asked for.
    pub command: C,
}

/// What a worker can be asked to do. Commands are carried out in the order of their arrival.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Make a fresh VM and restore the last saved `_home`. Comes first, once. Answer: [`EventBody::Opened`].
    Open {
        /// For all runs until [`Command::ChangeSettings`].
        settings: Settings,
    },
    /// Change the settings, for the runs to come. No answer.
    ChangeSettings(Settings),
    /// Run a chunk. Answers: [`EventBody::RunStarted`], any number of [`EventBody::Printed`] and [`EventBody::PrintedLine`], one
    /// [`EventBody::RunFinished`], and, unless that says [`Outcome::Incomplete`], one [`EventBody::HomeSaved`] or
    /// [`EventBody::Faulted`] for the checkpoint that follows each run. If files have changed, an
    /// [`EventBody::FilesChanged`] comes just before the end of the run.
    Run {
        /// The source text.
        source: String,
        /// What it is called in messages.
        chunk: ChunkName,
        /// Whether this is a program or a line of the console.
        mode: RunMode,
    },
    /// Make the value of a JSON text `_io.input`; a blank text is nil. No answer but [`EventBody::Faulted`], where
    /// it is no JSON or there is no memory for it: then `_io.input` stays what it was.
    SetInput {
        /// The text.
        json: String,
    },
    /// Change the files that programs find, which are none in a new worker. Those that are not named stay as they are. No
    /// answer.
    SetFiles(Vec<FileChange>),
    /// Inspect a state, or compare two.
    Look(Look),
    /// Take a state out of the browser, or bring one in.
    Transfer(Transfer),
    /// Change `_home` or the snapshots.
    History(History),
    /// Copy a state, or use a copy.
    Ghost(Ghost),
    /// Withdraw a request that the worker has not begun, or is at, if it compares states or writes JSON. Answer, with
    /// the id of that request: [`EventBody::Cancelled`]; none if it is something else, for then it ends as it would have.
    Cancel {
        /// The request.
        request: RequestId,
    },
}

/// What a worker sends: the engine's, unless another kind of body is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event<B = EventBody> {
    /// The request that this answers; `None` for what the worker says by itself.
    pub request: Option<RequestId>,
    /// What happened.
    pub body: B,
}

/// What happened in the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EventBody {
    /// The worker is up and takes requests. Always its first message.
    Started {
        /// [`BUILD_ID`] of the worker; a page of another build must not talk to it.
        build_id: String,
    },
    /// The VM is ready for its first run.
    Opened(OpenReport),
    /// The program begins now. All that was asked for before is done, and what it had to store is stored.
    RunStarted,
    /// A program wrote something.
    Printed(Output),
    /// A program printed a line with values that can be opened.
    PrintedLine(PrintedLine),
    /// The program waits for a line, which the page gives through the [`control`] block.
    InputAwaited,
    /// A run is over; globals and `_home` are as it left them.
    RunFinished(RunReport),
    /// A program changed these files, however it ended, or undoing or redoing it did.
    FilesChanged(Vec<FileChange>),
    /// `_home` was captured and is stored durably.
    HomeSaved(SaveReport),
    /// The answer to a [`Call`].
    Replied(Reply),
    /// Something happened to `_home` or to the snapshots.
    History(HistoryEvent),
    /// A stage of the work on this request begins, and will take a while. It does not answer the request.
    Progressed(Progress),
    /// This request was withdrawn before it was done. Nothing has changed.
    Cancelled,
    /// The worker has come to an end that it did not want, and does nothing any more. All that the program
    /// wrote was passed on before.
    Crashed(Fault),
    /// The worker could not do what was asked. Nothing that was stored is lost.
    Faulted(Fault),
}

/// A failure of ours, not of the user's program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// What the page may want to do about it.
    pub kind: FaultKind,
    /// For the person at the page: what could not be done and why.
    pub message: String,
}

impl From<String> for Fault {
    fn from(message: String) -> Self {
        Fault { kind: FaultKind::Other, message }
    }
}

/// What a [`Fault`] is about, where the page can offer something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FaultKind {
    /// Nothing that can be helped.
    #[default]
    Other,
    /// There is no room left in the browser's storage. `_home` lives on, and can be exported to a file.
    StorageFull,
    /// The browser's storage does not work. `_home` lives on, and can be exported to a file.
    StorageFailed,
    /// The stored data was written by a newer version of cu, and is left alone.
    NewerDatabase,
    /// Another tab is the one that saves; see [`History::TakeOver`].
    ReadOnly,
    /// A snapshot, or an imported file, cannot be read.
    Unreadable,
}

/// What a new worker of the engine is told by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerName {
    /// The database that holds its `_home`. There is one for each workspace.
    pub database: String,
    /// Whether it takes the place of a worker that could write: it takes the right to write from it, since a browser
    /// may take seconds to end one that is busy.
    pub is_successor: bool,
}

const SUCCESSOR: &str = " successor";

impl WorkerName {
    /// The name as a text.
    pub fn to_text(&self) -> String {
        [self.database.as_str(), if self.is_successor { SUCCESSOR } else { "" }].concat()
    }

    /// Reads a name.
    pub fn of_text(text: &str) -> WorkerName {
        let (database, is_successor) = text.strip_suffix(SUCCESSOR).map_or((text, false), |database| (database, true));
        WorkerName { database: database.to_owned(), is_successor }
    }
}

/// The name of a worker that is a ghost: it saves nothing, and has no database. No database is called so.
pub const GHOST_NAME: &str = "ghost";

/// Names the build of this crate's user; the page compares the worker's with its own.
pub const BUILD_ID: &str = match option_env!("CU_BUILD_ID") {
    Some(id) => id,
    None => env!("CARGO_PKG_VERSION"),
};

/// A message that could not be written or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a message between page and worker is malformed: {0}")]
pub struct MessageError(#[from] postcard::Error);

/// Turns a message into bytes for `postMessage`.
pub fn encode<M: Serialize>(message: &M) -> Result<Vec<u8>, MessageError> {
    Ok(postcard::to_stdvec(message)?)
}

/// Reads a message that [`encode`] wrote.
pub fn decode<M: DeserializeOwned>(bytes: &[u8]) -> Result<M, MessageError> {
    Ok(postcard::from_bytes(bytes)?)
}
