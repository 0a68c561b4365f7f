//! JSON into a message.

use super::TransferError;
use super::tokens::{self, write_number};
use crate::image::Value;
use crate::json::{self, Piece, Problem, Reader};

/// A piece of the text; for what has an inside, with the index of its end and the count of its entries.
struct Item<'a> {
    piece: Piece<'a>,
    end: usize,
    count: usize,
}

/// The message of a JSON text's value.
pub fn message_of(text: &str) -> Result<Vec<u8>, TransferError> {
    let items = items_of(text).map_err(|problem| TransferError::Json(problem.reason))?;
    // No strings are numbered: each stands where it is used.
    let mut message = vec![0];
    let mut tables = Vec::new();
    write(&mut message, &mut tables, &items, 0)?;
    let mut next = 0;
    while let Some(table) = tables.get(next).copied() {
        next += 1;
        let mut index = table + 1;
        while index < items[table].end {
            index = write(&mut message, &mut tables, &items, index)?;
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
fn write(message: &mut Vec<u8>, tables: &mut Vec<usize>, items: &[Item], index: usize) -> Result<usize, TransferError> {
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
        Piece::Number(text) => match json::number(text) {
            Value::Integer(integer) => {
                message.push(tokens::INTEGER);
                message.extend_from_slice(&integer.to_le_bytes());
            }
            Value::Float(float) => {
                message.push(tokens::FLOAT);
                message.extend_from_slice(&float.to_le_bytes());
            }
            _ => message.push(tokens::NIL),
        },
        Piece::ArrayBegins | Piece::ObjectBegins => {
            message.push(if piece == Piece::ArrayBegins { tokens::ARRAY } else { tokens::MAP });
            write_number(message, count);
            tables.push(index);
        }
    }
    Ok(end + 1)
}
