//! Snapshot files (`.cusnap`): an image in a frame that identifies it and protects it by a checksum.
//! `codec/FORMAT.md` is the specification.

use serde::{Deserialize, Serialize};

use crate::archive::PRODUCER;
use crate::codec::{self, DecodeError, FORMAT_VERSION, NewerFormat};
use crate::frame::{self, Frame, FrameError};
use crate::image::HeapImage;

/// The version of the frame that [`encode`] writes. [`decode`] reads this one and all earlier ones.
pub const FRAME_VERSION: u16 = 1;
const FRAME: Frame = Frame { magic: *b"\x89cusnap\n", version: FRAME_VERSION };

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

impl From<FrameError> for ContainerError {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::OtherKind => ContainerError::NotASnapshot,
            FrameError::Newer(version) => ContainerError::NewerFrame(version),
            FrameError::Damaged => ContainerError::WrongChecksum,
        }
    }
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
    let mut bytes = postcard::to_extend(&header, FRAME.begin())?;
    bytes.append(&mut codec::encode(image)?);
    Ok(frame::seal(bytes))
}

/// Decodes a file, and checks all of it.
pub fn decode(bytes: &[u8]) -> Result<(HeapImage, Metadata), ContainerError> {
    let content = FRAME.open(bytes)?;
    let (header, image): (Header, _) = postcard::take_from_bytes(content).map_err(|_| ContainerError::InvalidHeader)?;
    codec::check_version(header.format)?;
    let image = codec::decode(image)?;
    if image.home().is_none() {
        return Err(ContainerError::NotAHome);
    }
    Ok((image, Metadata { name: header.name, created_millis: header.created_millis }))
}
