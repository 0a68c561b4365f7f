//! A saved `_home` as bytes: the magic number, the header, the image, and a hash of all of it.

use engine::codec::{self, DecodeError, FORMAT_VERSION, NewerFormat};
use engine::image::HeapImage;
use serde::{Deserialize, Serialize};

/// The first bytes of a state. The last one is the version of this format.
const MAGIC: &[u8; 9] = b"cu state\x01";
const HASH_BYTES: usize = 32;
/// The highest plausible compression ratio: a damaged length must not exhaust memory.
const MAX_COMPRESSION_RATIO: usize = 256;

/// What is known about a state without reading its image.
#[derive(Serialize, Deserialize)]
pub struct Header {
    /// When it was saved, in milliseconds since 1970.
    pub saved_millis: f64,
    /// The number of values in it.
    pub value_count: u64,
    /// The values that could not be saved: the path and the kind of each.
    pub omissions: Vec<(String, String)>,
    /// The version of the image's encoding.
    format: u16,
    /// The length of the image's encoding, if that is compressed.
    uncompressed_bytes: Option<u32>,
}

/// Why bytes are not a state.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The bytes are something else.
    #[error("it is not a saved state of cu")]
    Foreign,
    /// They were changed or truncated after they were written.
    #[error("it is damaged")]
    Damaged,
    /// They were written by a newer version.
    #[error(transparent)]
    NewerFormat(#[from] NewerFormat),
    /// The image cannot be read.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// Memory ran out.
    #[error("it could not be written: {0}")]
    Encode(#[from] postcard::Error),
}

/// Encodes a state.
pub fn write(image: &HeapImage, is_compressed: bool, saved_millis: f64) -> Result<Vec<u8>, StateError> {
    let encoded = codec::encode(image)?;
    let (omissions, _) = image.omissions("_home", usize::MAX);
    let header = Header {
        saved_millis,
        value_count: image.value_count(),
        omissions: omissions.into_iter().map(|omission| (omission.path, omission.kind.name().into())).collect(),
        format: FORMAT_VERSION,
        uncompressed_bytes: is_compressed.then_some(encoded.len() as u32),
    };
    let mut bytes = postcard::to_extend(&header, MAGIC.to_vec())?;
    bytes.extend(if is_compressed { lz4_flex::block::compress(&encoded) } else { encoded });
    let hash = blake3::hash(&bytes);
    bytes.extend(hash.as_bytes());
    Ok(bytes)
}

/// Reads the header. Returns it with the bytes between it and the hash.
fn split(bytes: &[u8]) -> Result<(Header, &[u8]), StateError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(StateError::Foreign)?;
    let length = rest.len().checked_sub(HASH_BYTES).ok_or(StateError::Damaged)?;
    postcard::take_from_bytes(&rest[..length]).map_err(|_| StateError::Damaged)
}

/// Reads the header.
pub fn header(bytes: &[u8]) -> Result<Header, StateError> {
    Ok(split(bytes)?.0)
}

/// Decodes a state. If its hash is not verified, damage may go unnoticed, but does no other harm.
pub fn read(bytes: &[u8], is_verified: bool) -> Result<HeapImage, StateError> {
    let (header, stored) = split(bytes)?;
    if is_verified {
        let (content, hash) = bytes.split_at(bytes.len() - HASH_BYTES);
        if blake3::hash(content).as_bytes() != hash {
            return Err(StateError::Damaged);
        }
    }
    codec::check_version(header.format)?;
    let Some(length) = header.uncompressed_bytes else { return Ok(codec::decode(stored)?) };
    let length = length as usize;
    if length > stored.len().saturating_mul(MAX_COMPRESSION_RATIO) {
        return Err(StateError::Damaged);
    }
    let encoded = lz4_flex::block::decompress(stored, length).map_err(|_| StateError::Damaged)?;
    Ok(codec::decode(&encoded)?)
}
