//! Plain data as JSON and back. What goes over is documented in `json/JSON.md`.

mod export;
mod import;
mod reader;

pub use export::{Exported, export};
pub use import::{ImportError, import};
pub use reader::{Piece, Problem, Reader, Text};

use crate::image::Value;

/// How deep values may be nested in JSON: what readers usually bear.
const MOST_DEPTH: usize = 100;

/// What a [`Piece::Number`] is. Without point and exponent it is an integer if it fits, but for -0, which only a float
/// can be.
pub fn number(text: &str) -> Value {
    match text.parse::<i64>() {
        Ok(0) if text.starts_with('-') => Value::Float(-0.0),
        Ok(integer) => Value::Integer(integer),
        Err(_) => Value::Float(lua::float_of(text)),
    }
}
