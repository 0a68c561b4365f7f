//! A value in an image.

use super::{FunctionId, NativeId, PermanentId, StringId, TableId};

/// A Lua value.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// `nil`
    Nil,
    /// `true`, `false`
    Boolean(bool),
    /// A number of the integer subtype.
    Integer(i64),
    /// A number of the float subtype.
    Float(f64),
    /// A string of arbitrary bytes.
    String(StringId),
    /// A table.
    Table(TableId),
    /// A function written in Lua.
    Function(FunctionId),
    /// A coroutine, or another native object.
    Native(NativeId),
    /// A value that every VM has from the start.
    Permanent(PermanentId),
    /// A value that cannot be captured. It is restored as nil.
    Opaque(Opaque),
}

/// Compares floats by their bits, so that an image with a NaN equals its copy.
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Nil, Value::Nil) => true,
            (Value::Boolean(a), Value::Boolean(b)) => a == b,
            (Value::Integer(a), Value::Integer(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Table(a), Value::Table(b)) => a == b,
            (Value::Function(a), Value::Function(b)) => a == b,
            (Value::Native(a), Value::Native(b)) => a == b,
            (Value::Permanent(a), Value::Permanent(b)) => a == b,
            (Value::Opaque(a), Value::Opaque(b)) => a == b,
            _ => false,
        }
    }
}

/// The kinds of values that cannot be captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opaque {
    /// A coroutine. Which of them can be captured depends on the version.
    Coroutine,
    /// The main coroutine.
    MainCoroutine,
    /// A coroutine that runs, or waits for one that it has resumed.
    RunningCoroutine,
    /// A coroutine that waits in a function whose state is unknown.
    NativeCoroutine,
    /// A coroutine in a function whose source text is unknown, such as one of the library.
    SourcelessCoroutine,
    /// A userdata.
    Userdata,
    /// A function that is not written in Lua and is not a permanent, such as an iterator of `io.lines`.
    NativeFunction,
    /// A function whose source text is unknown.
    SourcelessFunction,
    /// What a bounded capture left out. Such an image is only looked into, never stored.
    LeftOut,
}

impl Opaque {
    /// The name shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Opaque::Coroutine => "coroutine",
            Opaque::MainCoroutine => "main coroutine of a run",
            Opaque::RunningCoroutine => "running coroutine",
            Opaque::NativeCoroutine => "coroutine inside a built-in function",
            Opaque::SourcelessCoroutine => "coroutine inside a function of the library",
            Opaque::Userdata => "userdata",
            Opaque::NativeFunction => "built-in function",
            Opaque::SourcelessFunction => "function without source",
            Opaque::LeftOut => "left out",
        }
    }
}
