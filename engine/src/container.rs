//! Snapshot files (`.cusnap`): an image in a frame that identifies it and protects it by a checksum.
//! `codec/FORMAT.md` is the specification.

use serde::{Deserialize, Serialize};

use crate::archive::PRODUCER;
use crate::codec::{self, DecodeError, FORMAT_VERSION, NewerFormat};
use crate::image::HeapImage;

/// The first bytes of every file.
const MAGIC: [u8; 8] = *b"\x89cusnap\n";
/// The version of the frame that [`encode`] writes. [`decode`] reads this one and all earlier ones.
pub const FRAME_VERSION: u16 = 1;
const CHECKSUM_BYTES: usize = blake3::OUT_LEN;

/// What a file says about its image.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// The name of the snapshot.
    pub name: String,
    /// When it was saved, in milliseconds since 1970, UTC.
    pub created_millis: f64,
}

/// Why a file is not a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContainerError {
    /// It is another kind of file.
    #[error("it is not a snapshot file of cu")]
    NotASnapshot,
    /// A later version of cu wrote the file.
    #[error("a newer version of cu wrote it, as file version {0}, and this version reads up to {FRAME_VERSION}")]
    NewerFrame(u16),
    /// The image has a format that this version does not know.
    #[error(transparent)]
    NewerFormat(#[from] NewerFormat),
    /// It is truncated, or was changed after it was written.
    #[error("it is truncated or damaged: its checksum does not match")]
    WrongChecksum,
    /// Its header is malformed.
    #[error("it is damaged: its header cannot be read")]
    InvalidHeader,
    /// Its image is malformed.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// Its image is not a `_home`.
    #[error("it does not contain a _home")]
    NotAHome,
}

/// The part between the magic number and the image.
#[derive(Serialize, Deserialize)]
struct Header {
    format: u16,
    producer: String,
    name: String,
    created_millis: f64,
}

/// Encodes a file. Fails only if memory runs out.
pub fn encode(image: &HeapImage, metadata: &Metadata) -> Result<Vec<u8>, postcard::Error> {
    let header = Header {
        format: FORMAT_VERSION,
        producer: PRODUCER.into(),
        name: metadata.name.clone(),
        created_millis: metadata.created_millis,
    };
    let mut bytes = MAGIC.to_vec();
    bytes.extend(FRAME_VERSION.to_le_bytes());
    bytes = postcard::to_extend(&header, bytes)?;
    bytes.append(&mut codec::encode(image)?);
    let checksum = blake3::hash(&bytes);
    bytes.extend(checksum.as_bytes());
    Ok(bytes)
}

/// Decodes a file, and checks all of it.
pub fn decode(bytes: &[u8]) -> Result<(HeapImage, Metadata), ContainerError> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(ContainerError::NotASnapshot)?;
    let (version, _) = rest.split_first_chunk().ok_or(ContainerError::WrongChecksum)?;
    let version = u16::from_le_bytes(*version);
    if version > FRAME_VERSION {
        return Err(ContainerError::NewerFrame(version));
    }
    let (content, checksum) = bytes.split_last_chunk::<CHECKSUM_BYTES>().ok_or(ContainerError::WrongChecksum)?;
    if blake3::hash(content).as_bytes() != checksum {
        return Err(ContainerError::WrongChecksum);
    }
    let frame = content.get(MAGIC.len() + size_of_val(&version)..).ok_or(ContainerError::WrongChecksum)?;
    let (header, image): (Header, _) = postcard::take_from_bytes(frame).map_err(|_| ContainerError::InvalidHeader)?;
    codec::check_version(header.format)?;
    let image = codec::decode(image)?;
    if image.home().is_none() {
        return Err(ContainerError::NotAHome);
    }
    Ok((image, Metadata { name: header.name, created_millis: header.created_millis }))
}
