//! Trying something out: a **ghost** is a second worker of the engine that has a copy of a state, runs something there, says
//! what came of it, and saves nothing.
//!
//! The page asks the worker that has the state to [`Fork`] it, and gives the copy to a ghost with [`Try`].

use serde::{Deserialize, Serialize};

use crate::{ChunkName, Output, RunInfo, RunMode, Settings, Subject};

/// What trying something out takes. Add a request here, and to the calls in `call.rs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Ghost {
    /// Copy a state.
    Fork(Fork),
    /// Run something in a copy.
    Try(Try),
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
    /// The state as an image, as the codec of the engine writes it.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
    /// The state of `math.random`, where globals and libraries are copied as well; `None`: there is only `_home`.
    pub random_state: Option<[u64; 4]>,
    /// How many values could not be copied, such as coroutines: they are nil in the copy.
    pub omission_count: u64,
}

/// Run a chunk in a copy of a state, in a VM that is thrown away afterwards. Programs there cannot wait for a line. The events
/// of a run come before the answer, but none about saving. `None`: it is only the beginning of a chunk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Try {
    /// The copy; `None` for the one that was tried last. Each trial begins with what the copy holds.
    pub state: Option<Forked>,
    /// The source text.
    pub source: String,
    /// What it is called in messages.
    pub chunk: ChunkName,
    /// Whether this is a program or a line of the console.
    pub mode: RunMode,
    /// The JSON text that is to be `_io.input`; `None`: it is as in the copy.
    pub input: Option<String>,
    /// What it may use, and what it finds.
    pub settings: Settings,
}

/// What came of a trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// How it went, and how many values of `_home` it changed.
    pub info: RunInfo,
    /// What it wrote, at most the last 256 kB.
    pub output: Vec<Output>,
}
