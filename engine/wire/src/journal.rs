//! The journal: every run, with what made it.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{ChunkLocation, ChunkName, DiffTotals, MessageError, Output, RunMode, SnapshotId, SourcePath};

/// Names a run in the journal. Later ones sort after earlier ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RunId(pub String);

/// What is known of a run without opening it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunInfo {
    /// Its id.
    pub id: RunId,
    /// What ran: a file, or what was typed at the prompt.
    pub chunk: ChunkName,
    /// As a program, or as a line of the console.
    pub mode: RunMode,
    /// The first line of its text that is not blank, shortened.
    pub label: String,
    /// When it began, in milliseconds since 1970, UTC.
    pub began_millis: f64,
    /// How long it took, in milliseconds.
    pub elapsed_millis: f64,
    /// Bytes that Lua held after it.
    pub memory_bytes: u64,
    /// How it ended.
    pub ending: Ending,
    /// The snapshot that `_home` was before it; `None` for an empty `_home`, and for one that was not saved.
    pub before: Option<SnapshotId>,
    /// The snapshot that `_home` was after it; the same as before it if the run changed nothing. `None` if it could not
    /// be saved. In time both make room for newer ones.
    pub after: Option<SnapshotId>,
    /// How many values of `_home` it changed; `None` where there were too many values to compare them after each run.
    pub changes: Option<DiffTotals>,
    /// How many files it made, changed or deleted.
    pub files_changed: u32,
}

/// How a run in the journal ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// It returned these values, each in one line; the first ten.
    Returned(Vec<String>),
    /// It failed.
    Failed {
        /// As Lua gives it, location included.
        message: String,
        /// Where the error arose, as far as Lua knows it.
        location: Option<ChunkLocation>,
    },
    /// A person stopped it.
    Stopped,
    /// It ended itself with `os.exit`.
    Exited {
        /// 0 if all went well, as far as the program says.
        status: i64,
    },
    /// Its worker ended in the middle of it, and `_home` is as it was saved before. See [`LostRun`].
    Lost {
        /// What made the worker crash; `None` if a person stopped it, and it did not obey.
        reason: Option<String>,
    },
}

/// Keep a run whose worker ended in the middle of it. Only this is known of it: neither what it wrote nor what it read.
/// Answer: [`crate::HistoryEvent::RunKept`], unless it cannot be stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LostRun {
    /// The text that ran.
    pub source: String,
    /// What ran.
    pub chunk: ChunkName,
    /// As a program, or as a line of the console.
    pub mode: RunMode,
    /// The JSON text that was `_io.input`.
    pub input: String,
    /// When it began, in milliseconds since 1970, UTC.
    pub began_millis: f64,
    /// How long it took until its worker ended, in milliseconds.
    pub elapsed_millis: f64,
    /// What made the worker crash; `None` if a person stopped it.
    pub reason: Option<String>,
}

/// List the runs in the journal, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRuns {
    /// Only runs older than this one; `None` from the newest on.
    pub before: Option<RunId>,
    /// The maximum number of runs wanted.
    pub limit: u32,
}

/// Some of the runs in the journal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunList {
    /// The newest first.
    pub runs: Vec<RunInfo>,
    /// Whether there are older ones.
    pub has_more: bool,
}

/// Read all that is known of a run. `None` if it is not in the journal any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowRun {
    /// Which one.
    pub id: RunId,
}

/// Remove runs from the journal for ever; ids that are not in it count as removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgetRuns {
    /// Which ones; `None` for all.
    pub ids: Option<Vec<RunId>>,
}

/// All that is known of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunDetails {
    /// What is known without opening it.
    pub info: RunInfo,
    /// The text that ran.
    pub source: String,
    /// The other files that it read, as they were when it first read them, by their paths.
    pub files: Vec<RunFile>,
    /// The JSON text that was `_io.input`; blank for nil.
    pub input: String,
    /// What it wrote, at most the last 256 kB; `None` if that was removed to make room, or the run was lost.
    pub output: Option<Encoded<Vec<Output>>>,
    /// What else is known.
    pub rest: Encoded<RunRest>,
}

/// What few ask of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunRest {
    /// One line a level, where it failed.
    pub traceback: String,
    /// What it took from outside.
    pub readings: Readings,
}

/// A value as it is stored: only who needs it has to know how it is decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub struct Encoded<T> {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
    #[serde(skip)]
    value: PhantomData<T>,
}

impl<T> Encoded<T> {
    /// A value that was stored as these bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Encoded { bytes, value: PhantomData }
    }

    /// The bytes to be stored.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl<T: Serialize + DeserializeOwned> Encoded<T> {
    /// Encodes a value.
    pub fn new(value: &T) -> Result<Self, MessageError> {
        Ok(Encoded::from_bytes(crate::encode(value)?))
    }

    /// The value, if it is one.
    pub fn decode(&self) -> Result<T, MessageError> {
        crate::decode(&self.bytes)
    }
}

/// A file that a run read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFile {
    /// Its path.
    pub path: SourcePath,
    /// What was in it: any bytes.
    #[serde(with = "serde_bytes")]
    pub content: Vec<u8>,
}

/// What a run took from outside besides files and input; with them, and the state before it, it can be repeated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Readings {
    /// What the VM seeded its hashes with, on which the order of `pairs` depends.
    pub hash_seed: u32,
    /// The state of `math.random` when the run began.
    pub random_state: [u64; 4],
    /// The random numbers that it asked the host for.
    pub randoms: Vec<u64>,
    /// The readings of the time (`os.time`, `os.date`), in milliseconds since 1970, UTC.
    pub unix_millis: Vec<f64>,
    /// The readings of the clock that never runs backwards (`os.clock`), in milliseconds.
    pub monotonic_millis: Vec<f64>,
    /// What was added to UTC for the local time when the run began, in seconds.
    pub utc_offset_seconds: i32,
    /// The lines that a person typed, without their line feeds; `None` for the end of the input.
    pub lines: Vec<Option<String>>,
    /// Whether all readings are here. A run can read more than are kept.
    pub are_complete: bool,
}
