//! JSON to images.

use super::{MAX_DEPTH, RawString, Reader, SyntaxError, Token, number};
use crate::image::{HeapImage, Value};

/// Why a text cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is not JSON.
    #[error("it is not JSON: {reason} at line {line} column {column}")]
    Json {
        /// What is wrong.
        reason: &'static str,
        /// The line, from 1.
        line: usize,
        /// The character within the line, from 1.
        column: usize,
    },
    /// Its top-level value is neither an object nor an array.
    #[error("it holds neither an object nor an array")]
    NotATable,
    /// It is nested too deeply.
    #[error("it is nested more than {MAX_DEPTH} levels deep")]
    TooDeep,
}

/// Reads a text into an image whose only root is a table.
pub fn import(text: &str) -> Result<HeapImage, ImportError> {
    let mut import = Import { text, reader: Reader::new(text), image: HeapImage::default() };
    let root = match import.next()? {
        Some(token) => import.value(token, 0)?,
        None => Value::Nil,
    };
    // Only whitespace may follow.
    import.next()?;
    if !matches!(root, Value::Table(_)) {
        return Err(ImportError::NotATable);
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
    fn next(&mut self) -> Result<Option<Token<'a>>, ImportError> {
        self.reader.next_token().map_err(|SyntaxError { offset, reason }| {
            let before = &self.text[..offset];
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            let (line, column) = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
            ImportError::Json { reason, line, column }
        })
    }

    fn value(&mut self, token: Token<'a>, depth: usize) -> Result<Value, ImportError> {
        Ok(match token {
            Token::Null | Token::End | Token::Name(_) => Value::Nil,
            Token::Boolean(boolean) => Value::Boolean(boolean),
            Token::Number(text) => number(text),
            Token::String(text) => self.string(text),
            Token::ArrayStart | Token::ObjectStart if depth == MAX_DEPTH => return Err(ImportError::TooDeep),
            Token::ArrayStart => self.array(depth + 1)?,
            Token::ObjectStart => self.object(depth + 1)?,
        })
    }

    fn string(&mut self, text: RawString) -> Value {
        Value::String(self.image.strings.push(text.decoded().as_bytes()))
    }

    fn array(&mut self, depth: usize) -> Result<Value, ImportError> {
        let (mut sequence, mut entries) = (Vec::new(), Vec::new());
        let mut key = 0;
        while let Some(token) = self.next()?.filter(|token| *token != Token::End) {
            key += 1;
            // After a hole, the rest is no longer a sequence.
            match self.value(token, depth)? {
                Value::Nil => {}
                value if sequence.len() as i64 + 1 == key => sequence.push(value),
                value => entries.push((Value::Integer(key), value)),
            }
        }
        Ok(Value::Table(self.image.add_table(&sequence, &entries, Value::Nil)))
    }

    fn object(&mut self, depth: usize) -> Result<Value, ImportError> {
        let mut entries: Vec<(Value, Value)> = Vec::new();
        while let Some(Token::Name(name)) = self.next()? {
            let key = self.string(name);
            let Some(token) = self.next()? else { break };
            entries.push((key, self.value(token, depth)?));
        }
        self.image.sort_entries(&mut entries);
        let mut kept: Vec<(Value, Value)> = Vec::with_capacity(entries.len());
        for entry in entries {
            match kept.last_mut().filter(|last| self.image.compare_keys(&last.0, &entry.0).is_eq()) {
                // The last of several entries with the same key wins; the sort is stable.
                Some(last) => *last = entry,
                None => kept.push(entry),
            }
        }
        kept.retain(|(_, value)| *value != Value::Nil);
        Ok(Value::Table(self.image.add_table(&[], &kept, Value::Nil)))
    }
}
