//! Images to bytes and back. `codec/FORMAT.md` is the specification.
//!
//! The graph is written as one stream of tokens in preorder. Each object is written at its first reference, so a
//! small change to a large graph changes few bytes, all close together. Only objects that are referenced again get
//! a number.

mod check;
mod decoder;
mod encoder;
mod reader;

use serde::Serialize;

use crate::image::{Chunk, HeapImage, Prototype, Value, Values};

/// The version of the format that [`encode`] writes. [`decode`] reads this one and all earlier ones.
pub const FORMAT_VERSION: u16 = 2;

/// A later version of cu wrote the image.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a newer version of cu wrote it, in format {0}, and this version reads up to {FORMAT_VERSION}; \
     it is kept for the newer one"
)]
pub struct NewerFormat(pub u16);

/// Checks that [`decode`] can read images in this version of the format.
pub fn check_version(version: u16) -> Result<(), NewerFormat> {
    if version <= FORMAT_VERSION { Ok(()) } else { Err(NewerFormat(version)) }
}

/// Why bytes are not an image.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes end too early or break the format.
    #[error("damaged at byte {offset}: {reason}")]
    Damaged {
        /// The offset of the damage, in bytes from the start.
        offset: usize,
        /// What is wrong.
        reason: &'static str,
    },
}

/// The part before the tokens.
#[derive(Serialize)]
struct Header<'a> {
    chunks: Vec<Chunk<'a>>,
    prototypes: Vec<Prototype<'a>>,
    permanents: Vec<&'a str>,
    roots: u32,
}

/// The sizes of the parts of a table that follow its token.
#[derive(Clone, Copy, Serialize)]
struct Extent {
    sequence: u32,
    entries: u32,
    has_metatable: bool,
}

impl Extent {
    /// The number of values that follow, keys included.
    fn values(self) -> u64 {
        u64::from(self.sequence) + 2 * u64::from(self.entries) + u64::from(self.has_metatable)
    }
}

/// The sizes of the parts of a native object that follow its token.
#[derive(Clone, Copy, Serialize)]
struct NativeExtent {
    kind: u32,
    slots: u32,
    numbers: u32,
    cells: u32,
}

/// The order of the variants is part of the format: `reader.rs` reads them by number.
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
    Native(NativeExtent),
    NewNative(NativeExtent),
    SameNative(u32),
}

/// Encodes an image. Equal graphs yield equal bytes, except for the order of entries whose keys are objects.
///
/// Fails only if memory runs out.
pub fn encode(image: &HeapImage) -> Result<Vec<u8>, postcard::Error> {
    encoder::Encoder::new(image).encode(&image.roots)
}

/// Copies everything that is reachable from one value into an image of its own.
pub fn subgraph(image: &HeapImage, root: Value) -> Result<HeapImage, SubgraphError> {
    Ok(decode(&encoder::Encoder::new(image).encode(&Values::from_iter([root]))?)?)
}

/// Why [`subgraph`] failed: usually because memory ran out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubgraphError {
    /// It could not be encoded.
    #[error("{0}")]
    Encode(#[from] postcard::Error),
    /// It could not be decoded.
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

/// Decodes an image. Checks everything that restoring relies on: every id is in range, no key is nil or NaN, every
/// function has as many upvalues as its prototype. Takes less than ten times the memory of the given bytes, because
/// they are read twice: first to check and count, then into allocations of exactly the right size.
pub fn decode(bytes: &[u8]) -> Result<HeapImage, DecodeError> {
    let counts = check::Check::new(bytes).check()?;
    decoder::Decoder::new(bytes, &counts).decode()
}
