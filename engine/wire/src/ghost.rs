//! Trying something out: a **ghost** is a second worker of the engine. It gets a copy of a state, runs something there, says
//! what came of it, and saves nothing.
//!
//! The page asks the worker that has the state to [`Fork`] it, has the ghost [`Load`] the copy, and sends it a
//! [`crate::Command::Run`]. What that made of the copy can be made real: the page has the ghost fork it, and the worker
//! [`Hold`] and [`KeepTrial`] it.

use serde::{Deserialize, Serialize};

use crate::{FileChange, Output, RunInfo, Subject};

/// What trying something out takes. Add a request here, and to the calls in `call.rs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Ghost {
    /// Copy a state.
    Fork(Fork),
    /// Make a copy the state of a ghost.
    Load(Load),
    /// Hold what a trial made of a copy.
    Hold(Hold),
    /// Make what is held real.
    KeepTrial(KeepTrial),
}

/// Copy a state: `_home` with all else that lives in the VM, or a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fork {
    /// [`Subject::Home`], or one that has a `_home` of its own.
    pub subject: Subject,
}

/// A copy of a state. Only a worker of the same build reads it, and checks it whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forked {
    /// Says which state of which VM this is a copy of, or was made of.
    pub revision: u64,
    /// The state as an image, as the codec of the engine writes it.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
    /// The state of `math.random`, where globals and libraries are copied as well; `None`: there is only `_home`.
    pub random_state: Option<[u64; 4]>,
    /// how many values could not be copied, such as open files: they are nil in the copy.
    pub omission_count: u64,
}

/// Make a copy the state of this worker, which is a ghost from then on: after a run it says [`crate::HistoryEvent::RunTried`],
/// and saves nothing. Files are again as they were before the last run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// The copy; `None` for the one that was loaded last.
    pub state: Option<Forked>,
}

/// Hold what a trial made of a copy of this worker's state: [`Subject::Trial`] is then the `_home` of it. What was held before
/// is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The copy of the ghost's state after the run.
    pub state: Forked,
}

/// Make what is held the state of this worker, as if the trial had been a run here. Refused if the state is not the one any
/// more that was copied, or if some of it could not be copied. The events of a checkpoint come before the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeepTrial {
    /// What [`crate::HistoryEvent::RunTried`] said of the run.
    pub info: Box<RunInfo>,
    /// The text that ran.
    pub source: String,
    /// The JSON text that was `_io.input`.
    pub input: String,
    /// What it wrote.
    pub output: Vec<Output>,
    /// The files that it changed.
    pub files: Vec<FileChange>,
}
