//! Images to bytes and back. `codec/FORMAT.md` is the specification.
//!
//! The graph is written as one stream of tokens in preorder. An object stands where it is met first, so a
//! small change of a big graph changes few bytes, all in one place; only what is met again gets a number.

mod check;
mod decoder;
mod encoder;
mod reader;

use serde::Serialize;

use crate::image::{Chunk, HeapImage, Prototype, Value, Values};

/// The version of the format that [`encode`] writes. [`decode`] reads this one and all before it.
pub const FORMAT_VERSION: u16 = 1;

/// A later version of cu wrote an image.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a newer version of cu wrote it, in format {0}, and this version reads up to {FORMAT_VERSION}; \
     it is kept for the newer one"
)]
pub struct NewerFormat(pub u16);

/// Whether [`decode`] reads images of a version of the format.
pub fn check_version(version: u16) -> Result<(), NewerFormat> {
    if version <= FORMAT_VERSION { Ok(()) } else { Err(NewerFormat(version)) }
}

/// Why bytes are not an image.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes end too early or are no token.
    #[error("damaged at byte {offset}: {reason}")]
    Damaged {
        /// Where, from the start of the bytes.
        offset: usize,
        /// What is wrong.
        reason: &'static str,
    },
}

/// What stands before the tokens.
#[derive(Serialize)]
struct Header<'a> {
    chunks: Vec<Chunk<'a>>,
    prototypes: Vec<Prototype<'a>>,
    permanents: Vec<&'a str>,
    roots: u32,
}

/// How much of a table follows its token.
#[derive(Clone, Copy, Serialize)]
struct Extent {
    sequence: u32,
    entries: u32,
    has_metatable: bool,
}

impl Extent {
    /// How many values: keys are some.
    fn values(self) -> u64 {
        u64::from(self.sequence) + 2 * u64::from(self.entries) + u64::from(self.has_metatable)
    }
}

/// The order of the variants is part of the format; `reader.rs` has their numbers.
#[derive(Serialize)]
enum Token<'a> {
    Nil,
    False,
    True,
    Integer(i64),
    Float(f64),
    String(#[serde(with = "serde_bytes")] &'a [u8]),
    NewString(#[serde(with = "serde_bytes")] &'a [u8]),
    SameString(u32),
    Table(Extent),
    NewTable(Extent),
    SameTable(u32),
    Function(u32),
    NewFunction(u32),
    SameFunction(u32),
    Permanent(u32),
    Coroutine,
    Userdata,
    NativeFunction,
    SourcelessFunction,
    Cell,
    NewCell,
    SameCell(u32),
}

/// Writes an image. Equal graphs give equal bytes, but for the order of entries whose keys are objects.
///
/// Fails only if memory runs out.
pub fn encode(image: &HeapImage) -> Result<Vec<u8>, postcard::Error> {
    encoder::Encoder::new(image).encode(&image.roots)
}

/// What can be reached from one value of an image, as an image of its own.
pub fn part(image: &HeapImage, root: Value) -> Result<HeapImage, PartError> {
    Ok(decode(&encoder::Encoder::new(image).encode(&Values::from_iter([root]))?)?)
}

/// Why a part of an image could not be taken out of it: memory ran out, as a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// It could not be written.
    #[error("{0}")]
    Encode(#[from] postcard::Error),
    /// It could not be read.
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

/// Reads an image. Checks all that restoring relies on: every id is in range, no key is nil or NaN, every
/// function has as many upvalues as its prototype. Takes less than ten times the memory of the bytes given, since
/// these are read twice: first to be checked and counted, then into exactly as much memory as that takes.
pub fn decode(bytes: &[u8]) -> Result<HeapImage, DecodeError> {
    let counts = check::Check::new(bytes).check()?;
    decoder::Decoder::new(bytes, &counts).decode()
}
