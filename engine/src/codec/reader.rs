//! Bytes that nobody vouches for, read from the first to the last.

use serde::Deserialize;

use super::{DecodeError, Token};

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

    fn read<T: Deserialize<'a>>(&mut self, otherwise: &'static str) -> Result<T, DecodeError> {
        let (read, rest) = postcard::take_from_bytes(self.rest).map_err(|_| self.damaged(otherwise))?;
        self.rest = rest;
        Ok(read)
    }

    /// A part of the header.
    pub(super) fn header<T: Deserialize<'a>>(&mut self) -> Result<T, DecodeError> {
        self.read("not a header")
    }

    /// How many items of a list in the header follow. Each takes so many bytes at least: what is not there is
    /// not made room for.
    pub(super) fn list(&mut self, least_bytes: usize) -> Result<u32, DecodeError> {
        let count: u32 = self.header()?;
        if count as usize > self.rest.len() / least_bytes { Err(self.damaged("not a header")) } else { Ok(count) }
    }

    pub(super) fn token(&mut self) -> Result<Token<'a>, DecodeError> {
        self.read("not a token")
    }
}
