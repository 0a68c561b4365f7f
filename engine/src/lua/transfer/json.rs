//! JSON into a message.

use serde_json::Value as Json;

use super::tokens::{self, write_number};

/// The message of a JSON text's value.
pub fn message_of(text: &str) -> Result<Vec<u8>, serde_json::Error> {
    let json: Json = serde_json::from_str(text)?;
    // No strings are numbered: each stands where it is used.
    let mut message = vec![0];
    let mut tables = Vec::new();
    write(&mut message, &mut tables, &json);
    let mut next = 0;
    while let Some(table) = tables.get(next).copied() {
        next += 1;
        match table {
            Json::Array(items) => items.iter().for_each(|item| write(&mut message, &mut tables, item)),
            Json::Object(fields) => {
                for (name, field) in fields {
                    write_text(&mut message, name);
                    write(&mut message, &mut tables, field);
                }
            }
            _ => {}
        }
    }
    Ok(message)
}

fn write<'a>(message: &mut Vec<u8>, tables: &mut Vec<&'a Json>, json: &'a Json) {
    let count = match json {
        Json::Null => return message.push(tokens::NIL),
        Json::Bool(false) => return message.push(tokens::FALSE),
        Json::Bool(true) => return message.push(tokens::TRUE),
        Json::String(text) => return write_text(message, text),
        Json::Number(number) => {
            let (token, bytes) = match number.as_i64() {
                Some(integer) => (tokens::INTEGER, integer.to_le_bytes()),
                None => (tokens::FLOAT, number.as_f64().unwrap_or(f64::NAN).to_le_bytes()),
            };
            message.push(token);
            return message.extend(bytes);
        }
        Json::Array(items) => {
            message.push(tokens::ARRAY);
            items.len()
        }
        Json::Object(fields) => {
            message.push(tokens::MAP);
            fields.len()
        }
    };
    write_number(message, count);
    tables.push(json);
}

fn write_text(message: &mut Vec<u8>, text: &str) {
    message.push(tokens::TEXT);
    write_number(message, text.len());
    message.extend(text.as_bytes());
}
