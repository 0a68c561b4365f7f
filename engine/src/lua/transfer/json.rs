//! Turns JSON into a message.

use super::TransferError;
use super::tokens::{self, write_number};
use crate::image::Value;
use crate::json::{self, Reader, SyntaxError, Token};

/// A token of the text; for an array or object, with the index of its end token and the number of its entries.
struct Item<'a> {
    token: Token<'a>,
    end: usize,
    count: usize,
}

/// Encodes the value of a JSON text as a message.
pub fn message_of(text: &str) -> Result<Vec<u8>, TransferError> {
    let items = items_of(text).map_err(|error| TransferError::Json(error.reason))?;
    // The table of numbered strings is empty: every string is written where it is used.
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

fn items_of(text: &str) -> Result<Vec<Item<'_>>, SyntaxError> {
    let mut reader = Reader::new(text);
    let mut items: Vec<Item> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    while let Some(token) = reader.next_token()? {
        let index = items.len();
        match token {
            Token::End => {
                if let Some(begin) = open.pop() {
                    items[begin].end = index;
                }
            }
            Token::Name(_) => {}
            _ => {
                if let Some(outer) = open.last() {
                    items[*outer].count += 1;
                }
            }
        }
        if matches!(token, Token::ArrayStart | Token::ObjectStart) {
            open.push(index);
        }
        items.push(Item { token, end: index, count: 0 });
    }
    Ok(items)
}

/// Writes an item without its entries. Returns the index of the item after it.
fn write(message: &mut Vec<u8>, tables: &mut Vec<usize>, items: &[Item], index: usize) -> Result<usize, TransferError> {
    let &Item { token, end, count } = &items[index];
    match token {
        Token::Null | Token::End => message.push(tokens::NIL),
        Token::Boolean(false) => message.push(tokens::FALSE),
        Token::Boolean(true) => message.push(tokens::TRUE),
        Token::String(text) | Token::Name(text) => {
            let text = text.decoded();
            message.push(tokens::TEXT);
            write_number(message, text.len());
            message.extend_from_slice(text.as_bytes());
        }
        Token::Number(text) => match json::number(text) {
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
        Token::ArrayStart | Token::ObjectStart => {
            message.push(if token == Token::ArrayStart { tokens::ARRAY } else { tokens::MAP });
            write_number(message, count);
            tables.push(index);
        }
    }
    Ok(end + 1)
}
