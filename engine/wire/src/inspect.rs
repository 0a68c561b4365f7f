//! Looking into values: where a value is, what it looks like, what it holds.

use serde::{Deserialize, Serialize};

use crate::{Change, ChunkLocation, RequestId, SnapshotId};

/// Where a path starts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// `_home` as it was after the last run.
    Home,
    /// What the run with this id returned, as it was then. [`Step::Result`] is the first step.
    /// Older runs' results are forgotten in time.
    Result(RequestId),
    /// The `_home` of a stored snapshot.
    Snapshot(SnapshotId),
    /// `_io.output` as it was left by the last run.
    Output,
    /// The `_home` of another workspace as it was stored when this was asked first; this names its database, which is there.
    Workspace(String),
    /// The `_home` of what a trial made of a state, as it is held: see [`crate::Hold`].
    Trial,
    /// What a program printed in a line, as it was then. [`Step::Result`] is the first step. Older lines are forgotten in
    /// time.
    Printed {
        /// The run that printed it.
        run: RequestId,
        /// The line, as [`PrintedLine::number`](crate::PrintedLine::number) says.
        number: u32,
    },
}

/// One step of a path into a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Step {
    /// The value at this key of a table.
    Key(Key),
    /// The metatable of a table.
    Metatable,
    /// An upvalue of a function, counted from 0.
    Upvalue(u32),
    /// A returned value of a run, or a printed value of a line, counted from 0.
    Result(u32),
}

/// A table key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Key {
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// The bits of a float.
    Float(u64),
    /// A string's bytes.
    String(Vec<u8>),
    /// A table or function as key: the n-th entry of the table, in the order of its listing.
    Entry(u32),
}

/// What type a value is, for its colour and its way of opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// `nil`
    Nil,
    /// `true`, `false`
    Boolean,
    /// Integers and floats.
    Number,
    /// Strings.
    String,
    /// Tables.
    Table,
    /// Functions written in Lua.
    Function,
    /// What the engine itself provides: `print`, `string`, `_G`.
    Builtin,
    /// A coroutine, or a value that cannot be captured: a userdata.
    Opaque,
}

/// How often an object is referred to, as far as a person should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reference {
    /// From one place only, or not an object.
    Single,
    /// The same object can be reached in other ways too.
    Shared,
    /// The object is one of those on the path to it.
    Cycle,
}

/// A value, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Its type.
    pub kind: Kind,
    /// As Lua would write it, shortened: `"Ada"`, `3.0`, `{name = "Ada", …}`, `function next()`.
    pub text: String,
    /// How many rows opening it gives; 0 for a leaf.
    pub child_count: u32,
    /// Whether it is met elsewhere too.
    pub reference: Reference,
    /// For functions written in Lua: the line where the function begins.
    pub location: Option<ChunkLocation>,
}

/// A child of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The step from the parent to here.
    pub step: Step,
    /// The key as a person reads it: `name`, `[1]`, `["two words"]`, `metatable`, `upvalue count`.
    pub label: String,
    /// The value.
    pub value: Summary,
    /// In `_home` and `_io.output`: how it differs from what was there before the last run, as far as that is known.
    pub change: Option<Change>,
    /// With [`Change::Changed`]: what was there, as [`Summary::text`].
    pub before: Option<String>,
}

impl Row {
    /// A row that is not known to have changed.
    pub fn new(step: Step, label: String, value: Summary) -> Self {
        Row { step, label, value, change: None, before: None }
    }
}

/// A part of a value's children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The value that was opened.
    pub of: Summary,
    /// The number of the first row among all children, from 0.
    pub offset: u32,
    /// The children asked for: the sequence first, then other keys in the order of their type and
    /// value, the metatable last.
    pub rows: Vec<Row>,
}

/// A function's source text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The line where the function begins.
    pub location: ChunkLocation,
    /// Its lines, whole.
    pub text: String,
    /// All of the file that it was made from, as it was then. `None` if it is from no file, or from a very large one.
    #[serde(with = "serde_bytes")]
    pub file: Option<Vec<u8>>,
}
