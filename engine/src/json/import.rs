//! JSON to images.

use super::{MOST_DEPTH, Piece, Problem, Reader, Text, number};
use crate::image::{HeapImage, Value};

/// Why a text is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no JSON.
    #[error("it is not JSON: {reason} at line {line} column {column}")]
    Json {
        /// What is wrong.
        reason: &'static str,
        /// In which line, from 1.
        line: usize,
        /// At which character of the line, from 1.
        column: usize,
    },
    /// It holds something else than an object or an array.
    #[error("it holds neither an object nor an array")]
    NoTable,
    /// It is nested too deep.
    #[error("it is nested more than {MOST_DEPTH} levels deep")]
    TooDeep,
}

/// Reads a text into an image whose only root is a table.
pub fn import(text: &str) -> Result<HeapImage, ImportError> {
    let mut import = Import { text, reader: Reader::new(text), image: HeapImage::default() };
    let root = match import.next()? {
        Some(piece) => import.value(piece, 0)?,
        None => Value::Nil,
    };
    // Nothing but blanks may follow.
    import.next()?;
    if !matches!(root, Value::Table(_)) {
        return Err(ImportError::NoTable);
    }
    import.image.roots.push(root);
    Ok(import.image)
}

struct Import<'a> {
    text: &'a str,
    reader: Reader<'a>,
    image: HeapImage,
}

impl<'a> Import<'a> {
    fn next(&mut self) -> Result<Option<Piece<'a>>, ImportError> {
        self.reader.next_piece().map_err(|Problem { offset, reason }| {
            let before = &self.text[..offset];
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            let (line, column) = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
            ImportError::Json { reason, line, column }
        })
    }

    fn value(&mut self, piece: Piece<'a>, depth: usize) -> Result<Value, ImportError> {
        Ok(match piece {
            Piece::Null | Piece::Ends | Piece::Name(_) => Value::Nil,
            Piece::Boolean(boolean) => Value::Boolean(boolean),
            Piece::Number(text) => number(text),
            Piece::Text(text) => self.string(text),
            Piece::ArrayBegins | Piece::ObjectBegins if depth == MOST_DEPTH => return Err(ImportError::TooDeep),
            Piece::ArrayBegins => self.array(depth + 1)?,
            Piece::ObjectBegins => self.object(depth + 1)?,
        })
    }

    fn string(&mut self, text: Text) -> Value {
        Value::String(self.image.strings.push(text.decoded().as_bytes()))
    }

    fn array(&mut self, depth: usize) -> Result<Value, ImportError> {
        let (mut sequence, mut entries) = (Vec::new(), Vec::new());
        let mut key = 0;
        while let Some(piece) = self.next()?.filter(|piece| *piece != Piece::Ends) {
            key += 1;
            // Behind a hole, it is no sequence any more.
            match self.value(piece, depth)? {
                Value::Nil => {}
                value if sequence.len() as i64 + 1 == key => sequence.push(value),
                value => entries.push((Value::Integer(key), value)),
            }
        }
        Ok(Value::Table(self.image.add_table(&sequence, &entries, Value::Nil)))
    }

    fn object(&mut self, depth: usize) -> Result<Value, ImportError> {
        let mut entries: Vec<(Value, Value)> = Vec::new();
        while let Some(Piece::Name(name)) = self.next()? {
            let key = self.string(name);
            let Some(piece) = self.next()? else { break };
            entries.push((key, self.value(piece, depth)?));
        }
        self.image.sort_entries(&mut entries);
        let mut kept: Vec<(Value, Value)> = Vec::with_capacity(entries.len());
        for entry in entries {
            match kept.last_mut().filter(|last| self.image.compare_keys(&last.0, &entry.0).is_eq()) {
                // Of entries with the same key the last one counts; sorting has left them in their order.
                Some(last) => *last = entry,
                None => kept.push(entry),
            }
        }
        kept.retain(|(_, value)| *value != Value::Nil);
        Ok(Value::Table(self.image.add_table(&[], &kept, Value::Nil)))
    }
}
