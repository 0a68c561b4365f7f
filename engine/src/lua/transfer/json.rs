//! JSON into a message.

use mlua::{Lua, Value};

use super::TransferError;
use super::tokens::{self, write_number};
use crate::json::{Piece, Problem, Reader};

/// A piece of the text; for what has an inside, with the index of its end and the count of its entries.
struct Item<'a> {
    piece: Piece<'a>,
    end: usize,
    count: usize,
}

/// The message of a JSON text's value.
pub fn message_of(lua: &Lua, text: &str) -> Result<Vec<u8>, TransferError> {
    let items = items_of(text).map_err(|problem| TransferError::Json(problem.reason))?;
    // No strings are numbered: each stands where it is used.
    let mut message = vec![0];
    let mut tables = Vec::new();
    write(lua, &mut message, &mut tables, &items, 0)?;
    let mut next = 0;
    while let Some(table) = tables.get(next).copied() {
        next += 1;
        let mut index = table + 1;
        while index < items[table].end {
            index = write(lua, &mut message, &mut tables, &items, index)?;
        }
    }
    Ok(message)
}

fn items_of(text: &str) -> Result<Vec<Item<'_>>, Problem> {
    let mut reader = Reader::new(text);
    let mut items: Vec<Item> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    while let Some(piece) = reader.next_piece()? {
        let index = items.len();
        match piece {
            Piece::Ends => {
                if let Some(begin) = open.pop() {
                    items[begin].end = index;
                }
            }
            Piece::Name(_) => {}
            _ => {
                if let Some(outer) = open.last() {
                    items[*outer].count += 1;
                }
            }
        }
        if matches!(piece, Piece::ArrayBegins | Piece::ObjectBegins) {
            open.push(index);
        }
        items.push(Item { piece, end: index, count: 0 });
    }
    Ok(items)
}

/// Writes a piece, but not its inside; gives the index of what follows it.
fn write(
    lua: &Lua,
    message: &mut Vec<u8>,
    tables: &mut Vec<usize>,
    items: &[Item],
    index: usize,
) -> Result<usize, TransferError> {
    let &Item { piece, end, count } = &items[index];
    match piece {
        Piece::Null | Piece::Ends => message.push(tokens::NIL),
        Piece::Boolean(false) => message.push(tokens::FALSE),
        Piece::Boolean(true) => message.push(tokens::TRUE),
        Piece::Text(text) | Piece::Name(text) => {
            let text = text.decoded();
            message.push(tokens::TEXT);
            write_number(message, text.len());
            message.extend_from_slice(text.as_bytes());
        }
        Piece::Number(number) => {
            let (token, bytes) = value_of(lua, number)?;
            message.push(token);
            message.extend_from_slice(&bytes);
        }
        Piece::ArrayBegins | Piece::ObjectBegins => {
            message.push(if piece == Piece::ArrayBegins { tokens::ARRAY } else { tokens::MAP });
            write_number(message, count);
            tables.push(index);
        }
    }
    Ok(end + 1)
}

/// The token and bytes of a number. Without point and exponent it is an integer if it fits, but for -0, which only a
/// float can be. Floats are read by Lua, which reads them to the last digit.
fn value_of(lua: &Lua, number: &str) -> Result<(u8, [u8; 8]), TransferError> {
    let float = match number.parse::<i64>() {
        Ok(0) if number.starts_with('-') => -0.0,
        Ok(integer) => return Ok((tokens::INTEGER, integer.to_le_bytes())),
        Err(_) => lua.coerce_number(Value::String(lua.create_string(number)?))?.unwrap_or(f64::NAN),
    };
    Ok((tokens::FLOAT, float.to_le_bytes()))
}
