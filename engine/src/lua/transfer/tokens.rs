//! The tokens of a message, and decoding them defensively.

use super::TransferError;

pub const NIL: u8 = 0;
pub const FALSE: u8 = 1;
pub const TRUE: u8 = 2;
/// Four bytes.
pub const SMALL_INTEGER: u8 = 3;
/// Eight bytes.
pub const INTEGER: u8 = 4;
/// Eight bytes.
pub const FLOAT: u8 = 5;
/// The number of a string, from 0.
pub const STRING: u8 = 6;
/// A length and UTF-8: a string that is written only here.
pub const TEXT: u8 = 7;
/// A length and bytes: a string that is written only here.
pub const BYTES: u8 = 8;
/// A count; its contents are that many values.
pub const ARRAY: u8 = 9;
/// A count; its contents are that many pairs of a string's number and a value.
pub const OBJECT: u8 = 10;
/// A count; its contents are that many pairs of values.
pub const MAP: u8 = 11;
/// The number of a table that came before.
pub const SAME_TABLE: u8 = 12;
/// A length and UTF-8 that says what cannot be passed. The message ends here.
pub const REFUSED: u8 = 13;

/// What a table is on JavaScript's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Its keys are 1, 2, 3, …; or there are none.
    Array,
    /// Its keys are strings of UTF-8.
    Object,
    /// Anything else.
    Map,
}

impl Shape {
    /// Its token.
    pub fn token(self) -> u8 {
        match self {
            Shape::Array => ARRAY,
            Shape::Object => OBJECT,
            Shape::Map => MAP,
        }
    }
}

/// A token that was read.
#[derive(Clone, Copy, Debug)]
pub enum Token<'a> {
    Nil,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    String(usize),
    Bytes(&'a [u8]),
    Table(Shape, usize),
    SameTable(usize),
    Refused(&'a str),
}

/// Reads a message from its start. Whatever the bytes are, it does not panic, and uses no more memory than they do.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(message: &'a [u8]) -> Reader<'a> {
        Reader { rest: message }
    }

    pub fn take(&mut self, length: usize) -> Result<&'a [u8], TransferError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(TransferError::Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], TransferError> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(TransferError::Malformed)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub fn number(&mut self) -> Result<usize, TransferError> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let [byte] = self.array()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return usize::try_from(number).map_err(|_| TransferError::Malformed);
            }
        }
        Err(TransferError::Malformed)
    }

    /// A count of things that take at least one byte each.
    pub fn count(&mut self) -> Result<usize, TransferError> {
        let count = self.number()?;
        if count <= self.rest.len() { Ok(count) } else { Err(TransferError::Malformed) }
    }

    fn bytes(&mut self) -> Result<&'a [u8], TransferError> {
        let length = self.number()?;
        self.take(length)
    }

    pub fn token(&mut self) -> Result<Token<'a>, TransferError> {
        let [token] = self.array()?;
        Ok(match token {
            NIL => Token::Nil,
            FALSE => Token::Boolean(false),
            TRUE => Token::Boolean(true),
            SMALL_INTEGER => Token::Integer(i32::from_le_bytes(self.array()?).into()),
            INTEGER => Token::Integer(i64::from_le_bytes(self.array()?)),
            FLOAT => Token::Float(f64::from_le_bytes(self.array()?)),
            STRING => Token::String(self.number()?),
            TEXT | BYTES => Token::Bytes(self.bytes()?),
            ARRAY => Token::Table(Shape::Array, self.count()?),
            OBJECT => Token::Table(Shape::Object, self.count()?),
            MAP => Token::Table(Shape::Map, self.count()?),
            SAME_TABLE => Token::SameTable(self.number()?),
            REFUSED => Token::Refused(str::from_utf8(self.bytes()?).map_err(|_| TransferError::Malformed)?),
            _ => return Err(TransferError::Malformed),
        })
    }

    /// The lengths of the strings and their bytes in one piece.
    pub fn strings(&mut self) -> Result<Strings<'a>, TransferError> {
        let count = self.count()?;
        let lengths = *self;
        let mut total = 0_usize;
        for _ in 0..count {
            total = total.checked_add(self.number()? >> 1).ok_or(TransferError::Malformed)?;
        }
        Ok(Strings { count, lengths, bytes: Reader::new(self.take(total)?) })
    }
}

/// The strings of a message.
#[derive(Clone, Copy)]
pub struct Strings<'a> {
    pub count: usize,
    lengths: Reader<'a>,
    bytes: Reader<'a>,
}

impl<'a> Strings<'a> {
    /// The next one, as long as there are some.
    pub fn next(&mut self) -> Result<&'a [u8], TransferError> {
        let length = self.lengths.number()? >> 1;
        self.bytes.take(length)
    }
}

/// Appends a varint.
pub fn write_number(bytes: &mut Vec<u8>, number: usize) {
    let mut number = number;
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
