//! Running a chunk: how, what it writes, how it ends.

use serde::{Deserialize, Serialize};

use crate::{ChunkLocation, Summary};

/// What a chunk is to the person who runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunMode {
    /// A whole program.
    Program,
    /// What was typed at the console: an expression is evaluated as if `return` came before it, with or without
    /// the `=` that Lua's own prompt allows there. The beginning of a statement is [`Outcome::Incomplete`].
    Console,
}

/// Where a program wrote to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stream {
    /// `print`, `io.write`, `io.stdout`.
    Out,
    /// `io.stderr`.
    Err,
}

/// A piece of what a program wrote, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Where to.
    pub stream: Stream,
    /// Lines that were written before this text and are left out because there were too many; with them
    /// the rest of a line that the piece before began.
    pub dropped_lines: u64,
    /// What was written. Need not end with a line feed; the next piece goes on behind it. Bytes
    /// that are not UTF-8 are U+FFFD here.
    pub text: String,
}

/// A line of `print` with tables or functions that can be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedLine {
    /// Which of these lines of the run it is, from 0.
    pub number: u32,
    /// The line as Lua writes it, without its line feed.
    pub text: String,
    /// What was printed, in order.
    pub parts: Vec<PrintedPart>,
}

impl PrintedLine {
    /// The values in it.
    pub fn values(&self) -> impl Iterator<Item = &Summary> {
        self.parts.iter().filter_map(|part| match part {
            PrintedPart::Text(_) => None,
            PrintedPart::Value(value) => Some(value),
        })
    }
}

/// What is in a printed line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrintedPart {
    /// This text.
    Text(String),
    /// A value, which can be opened as `Subject::Printed`.
    Value(Summary),
}

/// How a run went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunReport {
    /// How it ended.
    pub outcome: Outcome,
    /// From the start of the chunk to its end, in milliseconds.
    pub elapsed_millis: f64,
    /// Bytes that Lua holds after the run.
    pub memory_bytes: u64,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// The chunk returned these values; each can be opened as `Subject::Result`.
    Returned(Vec<Summary>),
    /// The chunk failed. `_home` and the globals stay as it left them.
    Failed(ScriptError),
    /// The chunk was stopped by the user.
    Stopped,
    /// In [`RunMode::Console`]: nothing ran, since the text is only the beginning of a statement. `_home` is not saved
    /// again.
    Incomplete,
    /// The chunk ended itself with `os.exit`, which is no failure. `_home` and the globals stay as it left them.
    Exited {
        /// 0 if all went well, as far as the program says.
        status: i64,
    },
}

/// An error of the user's program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptError {
    /// As Lua gives it, location included: `main.lua:2: attempt to index a nil value (local 't')`.
    /// For an error object without `__tostring`: `(error object is a table value)`.
    pub message: String,
    /// Where the error arose, as far as Lua knows it.
    pub location: Option<ChunkLocation>,
    /// One line a level, as `debug.traceback` gives it; empty for a syntax error.
    pub traceback: String,
}
