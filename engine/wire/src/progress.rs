//! How far long work has come.

use serde::{Deserialize, Serialize};

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
    /// A state is written as JSON.
    Exporting,
}
