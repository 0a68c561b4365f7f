//! At which runs a value changed.

use serde::{Deserialize, Serialize};

use crate::{DiffTotals, RunInfo, SnapshotId, Step, Summary};

/// Find out at which runs the value at a path of `_home` changed: along the line of states that `_home` came from, the
/// newest first. What was undone, and what is on other branches, is not on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceValue {
    /// The steps from `_home` to the value. Keys that are tables or functions are refused: they lead to another value later.
    pub path: Vec<Step>,
    /// The state to begin with, as [`Trace::rest`] says; `None`: what `_home` is now.
    pub from: Option<SnapshotId>,
    /// The maximum number of rows wanted; at least 1.
    pub limit: u32,
}

/// At which runs a value changed. Ends early where more would take long. It travels as [`crate::Encoded`]: only who asks has to
/// know how it is decoded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The path as a person reads it: `_home.users[3]`.
    pub path: String,
    /// The newest first.
    pub rows: Vec<TraceRow>,
    /// How many states were looked at.
    pub states: u32,
    /// The oldest state that was looked at, if there are older ones.
    pub rest: Option<SnapshotId>,
}

/// What was found at a state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TraceRow {
    /// The value is another than before.
    Changed(TracedChange),
    /// The state cannot be read. What is around it was compared.
    Unreadable {
        /// The state.
        state: SnapshotId,
        /// Why.
        reason: String,
    },
}

/// A change of a value between two states that follow each other, as far as they are kept and can be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TracedChange {
    /// The earlier state; `None` for the empty `_home` that history began with.
    pub before: Option<SnapshotId>,
    /// The later state; `None` for what `_home` is now, if that is not saved.
    pub after: Option<SnapshotId>,
    /// The earlier value; `None` if there was none.
    pub old: Option<Summary>,
    /// The later value; `None` if there is none.
    pub new: Option<Summary>,
    /// For two tables or two functions: how many differences there are in them.
    pub totals: Option<DiffTotals>,
    /// The runs that lead from the one state to the other, the newest first; one of them made the change. None where a
    /// person restored something, or where they are no longer in the journal.
    pub runs: Vec<RunInfo>,
    /// Whether these are all; if not, something else may have made the change.
    pub are_all_runs: bool,
}
