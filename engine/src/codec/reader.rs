//! Bytes that nobody vouches for, read from the first to the last.

use serde::Deserialize;

use super::{DecodeError, Extent, Token};

/// What is left of the bytes.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Reader { bytes, rest: bytes }
    }

    pub(super) fn damaged(&self, reason: &'static str) -> DecodeError {
        DecodeError::Damaged { offset: self.bytes.len() - self.rest.len(), reason }
    }

    /// How many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    /// A part of the header.
    pub(super) fn header<T: Deserialize<'a>>(&mut self) -> Result<T, DecodeError> {
        let (read, rest) = postcard::take_from_bytes(self.rest).map_err(|_| self.damaged("not a header"))?;
        self.rest = rest;
        Ok(read)
    }

    /// How many items of a list in the header follow. Each takes so many bytes at least: what is not there is
    /// not made room for.
    pub(super) fn list(&mut self, least_bytes: usize) -> Result<u32, DecodeError> {
        let count: u32 = self.header()?;
        if count as usize > self.rest.len() / least_bytes { Err(self.damaged("not a header")) } else { Ok(count) }
    }

    /// A token. There may be millions of them, and they are read twice: by hand, which is faster.
    pub(super) fn token(&mut self) -> Result<Token<'a>, DecodeError> {
        let start = self.rest;
        self.read_token().ok_or_else(|| {
            self.rest = start;
            self.damaged("not a token")
        })
    }

    fn read_token(&mut self) -> Option<Token<'a>> {
        Some(match self.byte()? {
            0 => Token::Nil,
            1 => Token::False,
            2 => Token::True,
            3 => {
                let zigzag = self.number()?;
                Token::Integer((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64))
            }
            4 => {
                let (float, rest) = self.rest.split_first_chunk()?;
                self.rest = rest;
                Token::Float(f64::from_le_bytes(*float))
            }
            5 => Token::String(self.bytes()?),
            6 => Token::NewString(self.bytes()?),
            7 => Token::SameString(self.small()?),
            8 => Token::Table(self.extent()?),
            9 => Token::NewTable(self.extent()?),
            10 => Token::SameTable(self.small()?),
            11 => Token::Function(self.small()?),
            12 => Token::NewFunction(self.small()?),
            13 => Token::SameFunction(self.small()?),
            14 => Token::Permanent(self.small()?),
            15 => Token::Coroutine,
            16 => Token::Userdata,
            17 => Token::NativeFunction,
            18 => Token::SourcelessFunction,
            19 => Token::Cell,
            20 => Token::NewCell,
            21 => Token::SameCell(self.small()?),
            _ => return None,
        })
    }

    #[inline]
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                // Of the tenth byte, there is room for one bit.
                return (shift < 63 || byte <= 1).then_some(number);
            }
            shift += 7;
            if shift > 63 {
                return None;
            }
        }
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.small()? as usize;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    fn extent(&mut self) -> Option<Extent> {
        let (sequence, entries) = (self.small()?, self.small()?);
        let has_metatable = match self.byte()? {
            0 => false,
            1 => true,
            _ => return None,
        };
        Some(Extent { sequence, entries, has_metatable })
    }
}
