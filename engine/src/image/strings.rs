//! Strings and texts, stored back to back in one allocation: an image may hold millions.
//!
//! Ends are `u32`: neither wasm's memory nor a snapshot can hold 4 GiB of strings.

use std::ops::{Index, Range};

use serde::{Serialize, Serializer};

use super::StringId;

/// Strings of arbitrary bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strings {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Strings {
    /// Reserves room for `count` strings with `bytes` bytes in total.
    pub fn with_capacity(count: usize, bytes: usize) -> Strings {
        Strings { bytes: Vec::with_capacity(bytes), ends: Vec::with_capacity(count) }
    }

    /// Adds a string.
    pub fn push(&mut self, string: &[u8]) -> StringId {
        self.bytes.extend_from_slice(string);
        self.ends.push(self.bytes.len() as u32);
        StringId(self.ends.len() as u32 - 1)
    }

    /// The number of strings.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of all of them.
    pub fn byte_count(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All strings, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|index| &self[index])
    }
}

impl Index<usize> for Strings {
    type Output = [u8];

    fn index(&self, index: usize) -> &[u8] {
        &self.bytes[bounds(&self.ends, index)]
    }
}

impl<S: AsRef<[u8]>> FromIterator<S> for Strings {
    fn from_iter<I: IntoIterator<Item = S>>(strings: I) -> Self {
        let mut all = Strings::default();
        for string in strings {
            all.push(string.as_ref());
        }
        all
    }
}

/// UTF-8 texts: names and paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    /// Reserves room for `count` texts.
    pub fn with_capacity(count: usize) -> Texts {
        Texts { text: String::new(), ends: Vec::with_capacity(count) }
    }

    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    /// The number of strings.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All texts.
    pub fn all(&self) -> Names<'_> {
        self.slice(0..self.ends.len() as u32)
    }

    pub(super) fn slice(&self, range: Range<u32>) -> Names<'_> {
        Names { text: &self.text, ends: &self.ends[..range.end as usize], start: range.start as usize }
    }
}

impl Index<usize> for Texts {
    type Output = str;

    fn index(&self, index: usize) -> &str {
        &self.text[bounds(&self.ends, index)]
    }
}

impl<S: AsRef<str>> FromIterator<S> for Texts {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let mut all = Texts::default();
        for text in texts {
            all.push(text.as_ref());
        }
        all
    }
}

/// A contiguous range of texts.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    text: &'a str,
    ends: &'a [u32],
    start: usize,
}

impl<'a> Names<'a> {
    /// The number of strings.
    pub fn len(self) -> usize {
        self.ends.len() - self.start
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The text at an index.
    pub fn get(self, index: usize) -> Option<&'a str> {
        (index < self.len()).then(|| &self.text[bounds(self.ends, self.start + index)])
    }

    /// All texts.
    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        (self.start..self.ends.len()).map(move |index| &self.text[bounds(self.ends, index)])
    }
}

impl PartialEq for Names<'_> {
    fn eq(&self, other: &Names) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

fn bounds(ends: &[u32], index: usize) -> Range<usize> {
    let start = if index == 0 { 0 } else { ends[index - 1] as usize };
    start..ends[index] as usize
}
