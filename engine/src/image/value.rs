//! A value of an image.

use super::{FunctionId, PermanentId, StringId, TableId};

/// A Lua value.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// `nil`
    Nil,
    /// `true`, `false`
    Boolean(bool),
    /// A number of subtype integer.
    Integer(i64),
    /// A number of subtype float.
    Float(f64),
    /// A string of any bytes.
    String(StringId),
    /// A table.
    Table(TableId),
    /// A function written in Lua.
    Function(FunctionId),
    /// What the engine provides itself.
    Permanent(PermanentId),
    /// What can not be captured. It is nil when restored.
    Opaque(Opaque),
}

/// Compares floats by their bits, so that an image equals its copy also where it holds a NaN.
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
            (Value::Permanent(a), Value::Permanent(b)) => a == b,
            (Value::Opaque(a), Value::Opaque(b)) => a == b,
            _ => false,
        }
    }
}

/// Kinds of values that can not be captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opaque {
    /// A suspended coroutine.
    Coroutine,
    /// A userdata.
    Userdata,
    /// A function that is not written in Lua and is not a permanent, such as an iterator of `gmatch`.
    NativeFunction,
    /// A function whose source text is not known.
    SourcelessFunction,
}

impl Opaque {
    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Opaque::Coroutine => "coroutine",
            Opaque::Userdata => "userdata",
            Opaque::NativeFunction => "built-in function",
            Opaque::SourcelessFunction => "function without source",
        }
    }
}
