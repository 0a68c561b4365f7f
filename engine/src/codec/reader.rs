//! A cursor over untrusted bytes.

use serde::Deserialize;

use super::{DecodeError, Extent, NativeExtent, Token};

/// Reads the bytes from front to back.
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

    /// The number of bytes left.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    /// Reads a part of the header.
    pub(super) fn header<T: Deserialize<'a>>(&mut self) -> Result<T, DecodeError> {
        let (read, rest) = postcard::take_from_bytes(self.rest).map_err(|_| self.damaged("not a header"))?;
        self.rest = rest;
        Ok(read)
    }

    /// Reads the length of a list in the header. Refuses a length that the remaining bytes cannot hold, at
    /// `min_item_bytes` per item, so that nothing is allocated for items that do not exist.
    pub(super) fn list(&mut self, min_item_bytes: usize) -> Result<u32, DecodeError> {
        let count: u32 = self.header()?;
        if count as usize > self.rest.len() / min_item_bytes { Err(self.damaged("not a header")) } else { Ok(count) }
    }

    /// Reads a token. There may be millions, and each is read twice, so this is written by hand for speed.
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
                let zigzag = self.varint()?;
                Token::Integer((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64))
            }
            4 => {
                let (float, rest) = self.rest.split_first_chunk()?;
                self.rest = rest;
                Token::Float(f64::from_le_bytes(*float))
            }
            5 => Token::String(self.bytes()?),
            6 => Token::NewString(self.bytes()?),
            7 => Token::SameString(self.varint_u32()?),
            8 => Token::Table(self.extent()?),
            9 => Token::NewTable(self.extent()?),
            10 => Token::SameTable(self.varint_u32()?),
            11 => Token::Function(self.varint_u32()?),
            12 => Token::NewFunction(self.varint_u32()?),
            13 => Token::SameFunction(self.varint_u32()?),
            14 => Token::Permanent(self.varint_u32()?),
            15 => Token::Coroutine,
            16 => Token::Userdata,
            17 => Token::NativeFunction,
            18 => Token::SourcelessFunction,
            19 => Token::Cell,
            20 => Token::NewCell,
            21 => Token::SameCell(self.varint_u32()?),
            22 => Token::Native(self.native_extent()?),
            23 => Token::NewNative(self.native_extent()?),
            24 => Token::SameNative(self.varint_u32()?),
            _ => return None,
        })
    }

    #[inline]
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn varint(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                // Only one bit of the tenth byte fits.
                return (shift < 63 || byte <= 1).then_some(number);
            }
            shift += 7;
            if shift > 63 {
                return None;
            }
        }
    }

    fn varint_u32(&mut self) -> Option<u32> {
        u32::try_from(self.varint()?).ok()
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.varint_u32()? as usize;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    fn extent(&mut self) -> Option<Extent> {
        let (sequence, entries) = (self.varint_u32()?, self.varint_u32()?);
        let has_metatable = match self.byte()? {
            0 => false,
            1 => true,
            _ => return None,
        };
        Some(Extent { sequence, entries, has_metatable })
    }

    fn native_extent(&mut self) -> Option<NativeExtent> {
        Some(NativeExtent {
            kind: self.varint_u32()?,
            slots: self.varint_u32()?,
            numbers: self.varint_u32()?,
            cells: self.varint_u32()?,
        })
    }

    /// Reads a number of a native object.
    pub(super) fn number(&mut self) -> Result<u32, DecodeError> {
        self.varint_u32().ok_or_else(|| self.damaged("not a number"))
    }
}
