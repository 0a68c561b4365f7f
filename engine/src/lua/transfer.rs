//! Passing values between Lua and JavaScript as one message of bytes: written as a whole on one side, read as a
//! whole on the other. `package/web/encode.js` and `package/web/decode.js` are the other end.
//!
//! A message is the number of its strings, for each of these its length in bytes times two (plus one if it
//! is not UTF-8), their bytes one after the other, then tokens: the value itself, then the contents of
//! each table that is new in a token, in the order of these tokens. A table is numbered by that order, from 0.
//! Counts, lengths and numbers are LEB128 varints; all other numbers are little-endian.

mod inward;
mod json;
mod outward;
mod refusal;
mod strings;
mod tokens;

use mlua::{Lua, MultiValue, Table, Value};
use wire::RunMode;

use super::error::{Interrupted, VmError};
use super::failure::Failure;
use super::interrupt;
use super::results::{ResultPolicy, Thrown};
use super::vm::Vm;
use crate::image::HeapImage;

/// Why a value cannot be passed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    /// Something at a path in it cannot.
    #[error("{path} is {what}, which cannot be passed between JavaScript and Lua")]
    Refused {
        /// In Lua's notation: `_io.input.a[3].b`.
        path: String,
        /// With its article: `a function`.
        what: String,
    },
    /// Lua has no memory left for it, or failed in another way.
    #[error("{0}")]
    Lua(String),
    /// The text is not JSON.
    #[error("it is not JSON: {0}")]
    Json(&'static str),
    /// The bytes are not a message.
    #[error("the message is malformed")]
    Malformed,
}

impl From<mlua::Error> for TransferError {
    fn from(error: mlua::Error) -> Self {
        match error {
            mlua::Error::MemoryError(_) => TransferError::Lua("not enough memory".into()),
            other => TransferError::Lua(other.to_string()),
        }
    }
}

/// How a chunk failed.
#[derive(Debug)]
pub enum EvaluationError {
    /// The program failed.
    Failed {
        /// Lua's error.
        failure: Failure,
        /// The value that the program threw; `None` if it cannot be passed.
        value: Option<Vec<u8>>,
    },
    /// What it returned cannot be passed.
    Transfer(TransferError),
}

/// The fields of `_io`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IoField {
    /// The data given to the program.
    Input,
    /// The data that it returns.
    Output,
    /// Data about the run.
    Meta,
}

impl IoField {
    /// All of them.
    pub const ALL: [IoField; 3] = [IoField::Input, IoField::Output, IoField::Meta];

    /// Its key.
    pub fn name(self) -> &'static str {
        match self {
            IoField::Input => "input",
            IoField::Output => "output",
            IoField::Meta => "meta",
        }
    }
}

impl Vm {
    /// Runs a chunk and returns its last result as a message. Until the next run, the program's finalizers are cut
    /// short.
    pub fn evaluate(&mut self, name: &str, text: &[u8]) -> Result<Vec<u8>, EvaluationError> {
        let result = self.execute(&format!("@{name}"), text, RunMode::Program, ResultPolicy::Last);
        interrupt::halt();
        match result {
            Ok(results) => {
                let last = results.into_iter().next().unwrap_or(Value::Nil);
                outward::write(self.lua(), last, "result").map_err(EvaluationError::Transfer)
            }
            // `os.exit` is not an error, and has no result.
            Err(Thrown { interrupted: Interrupted::Exited(_), .. }) => {
                outward::write(self.lua(), Value::Nil, "result").map_err(EvaluationError::Transfer)
            }
            Err(thrown) => {
                let failure = match thrown.interrupted {
                    Interrupted::Failed(failure) => failure,
                    stopped => Failure { message: stopped.to_string(), location: None, traceback: String::new() },
                };
                let value = outward::write(self.lua(), thrown.value, "error").ok();
                Err(EvaluationError::Failed { failure, value })
            }
        }
    }

    /// Sets a field of `_io` to the value of a message, or one entry of that field.
    pub fn set_io(&mut self, field: IoField, key: Option<&str>, message: &[u8]) -> Result<(), TransferError> {
        let lua = self.lua();
        let value = inward::read(lua, message, &io_path(field, key))?;
        let io = io_table(lua)?;
        let Some(key) = key else { return Ok(io.raw_set(field.name(), value)?) };
        let table = match io.raw_get(field.name())? {
            Value::Table(table) => table,
            _ => {
                let table = lua.create_table()?;
                io.raw_set(field.name(), &table)?;
                table
            }
        };
        Ok(table.raw_set(key, value)?)
    }

    /// Sets `_io.input` to the value of a JSON text; a blank text is nil.
    pub fn set_input_json(&mut self, text: &str) -> Result<(), TransferError> {
        let text = if text.trim().is_empty() { "null" } else { text };
        let message = json::message_of(text)?;
        self.set_io(IoField::Input, None, &message)
    }

    /// `_io.output` as it is now, as the only root of an image.
    pub fn capture_output(&mut self) -> Result<HeapImage, VmError> {
        let value = match self.lua().globals().raw_get("_io")? {
            Value::Table(io) => io.raw_get(IoField::Output.name())?,
            _ => Value::Nil,
        };
        Ok(self.heap().capture(MultiValue::from_iter([value]))?)
    }

    /// A field of `_io`, or one entry of that field, as a message.
    pub fn io(&self, field: IoField, key: Option<&str>) -> Result<Vec<u8>, TransferError> {
        let mut value = match self.lua().globals().raw_get("_io")? {
            Value::Table(io) => io.raw_get(field.name())?,
            _ => Value::Nil,
        };
        if let Some(key) = key {
            value = match value {
                Value::Table(table) => table.raw_get(key)?,
                _ => Value::Nil,
            };
        }
        outward::write(self.lua(), value, &io_path(field, key))
    }

    /// Empties `_io`.
    pub fn clear_io(&mut self) -> Result<(), TransferError> {
        let io = io_table(self.lua())?;
        IoField::ALL.iter().try_for_each(|field| Ok(io.raw_set(field.name(), Value::Nil)?))
    }
}

/// `_io`, made anew if the program put something else in its place.
fn io_table(lua: &Lua) -> mlua::Result<Table> {
    let globals = lua.globals();
    if let Value::Table(io) = globals.raw_get("_io")? {
        return Ok(io);
    }
    let io = lua.create_table()?;
    globals.raw_set("_io", &io)?;
    Ok(io)
}

fn io_path(field: IoField, key: Option<&str>) -> String {
    let mut path = format!("_io.{}", field.name());
    if let Some(key) = key {
        refusal::Step::String(key.as_bytes()).write(&mut path);
    }
    path
}
