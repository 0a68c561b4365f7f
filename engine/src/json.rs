//! Plain data to JSON and back. `json/JSON.md` documents the mapping.

mod export;
mod import;
mod reader;

pub use export::{JsonText, export};
pub use import::{ImportError, import};
pub use reader::{RawString, Reader, SyntaxError, Token};

use crate::image::Value;

/// How deeply JSON values may be nested: a depth that common parsers accept.
const MAX_DEPTH: usize = 100;

/// The value of a [`Token::Number`]. Without a point or exponent it is an integer if it fits, except for -0, which
/// only a float can represent.
pub fn number(text: &str) -> Value {
    match text.parse::<i64>() {
        Ok(0) if text.starts_with('-') => Value::Float(-0.0),
        Ok(integer) => Value::Integer(integer),
        Err(_) => Value::Float(lua::float_of(text)),
    }
}
