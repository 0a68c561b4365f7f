//! JSON to images.

use serde_json::Value as Json;

use super::MOST_DEPTH;
use crate::image::{HeapImage, Value};

/// Why a text is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no JSON, or is nested too deep.
    #[error("it is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It holds something else than an object or an array.
    #[error("it holds neither an object nor an array")]
    NoTable,
    /// It is nested too deep.
    #[error("it is nested more than {MOST_DEPTH} levels deep")]
    TooDeep,
}

/// Reads a text into an image whose only root is a table.
pub fn import(text: &str) -> Result<HeapImage, ImportError> {
    let json: Json = serde_json::from_str(text)?;
    let mut image = HeapImage::default();
    let root = value(&mut image, json, 0)?;
    if !matches!(root, Value::Table(_)) {
        return Err(ImportError::NoTable);
    }
    image.roots.push(root);
    Ok(image)
}

fn value(image: &mut HeapImage, json: Json, depth: usize) -> Result<Value, ImportError> {
    Ok(match json {
        Json::Null => Value::Nil,
        Json::Bool(boolean) => Value::Boolean(boolean),
        Json::Number(number) => match number.as_i64() {
            Some(integer) => Value::Integer(integer),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::String(image.strings.push(text.as_bytes())),
        Json::Array(_) | Json::Object(_) if depth == MOST_DEPTH => return Err(ImportError::TooDeep),
        Json::Array(items) => {
            let (mut sequence, mut entries) = (Vec::new(), Vec::new());
            for (item, key) in items.into_iter().zip(1..) {
                let value = value(image, item, depth + 1)?;
                // Behind a hole, it is no sequence any more.
                match value {
                    Value::Nil => {}
                    value if sequence.len() as i64 + 1 == key => sequence.push(value),
                    value => entries.push((Value::Integer(key), value)),
                }
            }
            Value::Table(image.add_table(&sequence, &entries, Value::Nil))
        }
        Json::Object(fields) => {
            let mut entries = Vec::new();
            for (name, field) in fields {
                let value = value(image, field, depth + 1)?;
                if value != Value::Nil {
                    let key = Value::String(image.strings.push(name.as_bytes()));
                    entries.push((key, value));
                }
            }
            image.sort_entries(&mut entries);
            Value::Table(image.add_table(&[], &entries, Value::Nil))
        }
    })
}
