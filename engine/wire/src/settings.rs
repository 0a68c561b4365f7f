//! What a person can choose about runs and history.

use serde::{Deserialize, Serialize};

/// What a person can choose, as far as the worker is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What a run may use.
    pub limits: Limits,
    /// What is kept, and what programs find.
    pub preferences: Preferences,
}

/// What a run may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes that Lua may allocate; beyond is the Lua error `not enough memory`. 0 is no limit.
    pub memory_bytes: u32,
    /// How long a run may take, in milliseconds; beyond, it is stopped with an error that says so. 0 is no
    /// limit.
    pub time_millis: u32,
    /// How many lines of output the page keeps. Where more than that wait to be sent, the oldest are left
    /// out and counted.
    pub console_lines: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { memory_bytes: 256 << 20, time_millis: 0, console_lines: 10_000 }
    }
}

/// What a person can choose about history, and what programs find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// How many of the last checkpoints are all kept; at least 1.
    pub checkpoints_kept: u32,
    /// How many checkpoints are kept in all, the old ones ever more sparsely.
    pub checkpoints_at_most: u32,
    /// Whether programs find `_home` under the name `Memory` as well, as those for version 1 of cu expect.
    pub has_memory_alias: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Preferences { checkpoints_kept: 50, checkpoints_at_most: 200, has_memory_alias: true }
    }
}
