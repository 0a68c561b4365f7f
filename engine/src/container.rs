//! Files that a person can take along: an image with a frame around it that says what it is, and proves that it
//! is whole. `codec/FORMAT.md` is the specification.

use serde::{Deserialize, Serialize};

use crate::archive::PRODUCER;
use crate::codec::{self, DecodeError, FORMAT_VERSION, NewerFormat};
use crate::image::HeapImage;

/// What every file starts with.
const MAGIC: [u8; 8] = *b"\x89cusnap\n";
/// The version of the frame that [`encode`] writes. [`decode`] reads this one and all before it.
pub const FRAME_VERSION: u16 = 1;
const CHECKSUM_BYTES: usize = blake3::OUT_LEN;

/// What a file says of the image in it.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// The name of the snapshot.
    pub name: String,
    /// When it was saved, in milliseconds since 1970, UTC.
    pub created_millis: f64,
}

/// Why a file is not a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContainerError {
    /// It is something else.
    #[error("it is not a snapshot file of cu")]
    NotASnapshot,
    /// A later version of cu wrote it.
    #[error("a newer version of cu wrote it, as file version {0}, and this version reads up to {FRAME_VERSION}")]
    NewerFrame(u16),
    /// The image is written in a way that this version does not know.
    #[error(transparent)]
    NewerFormat(#[from] NewerFormat),
    /// It is cut off, or was changed on its way.
    #[error("it is cut off or damaged: its checksum does not fit")]
    WrongChecksum,
    /// Its head makes no sense.
    #[error("it is damaged: its head can not be read")]
    NoHead,
    /// Its image makes no sense.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// It holds something else than a `_home`.
    #[error("what it holds is not a _home")]
    NotAHome,
}

/// What stands before the image.
#[derive(Serialize, Deserialize)]
struct Head {
    format: u16,
    producer: String,
    name: String,
    created_millis: f64,
}

/// Makes a file. Fails only if memory runs out.
pub fn encode(image: &HeapImage, about: &About) -> Result<Vec<u8>, postcard::Error> {
    let head = Head {
        format: FORMAT_VERSION,
        producer: PRODUCER.into(),
        name: about.name.clone(),
        created_millis: about.created_millis,
    };
    let mut bytes = MAGIC.to_vec();
    bytes.extend(FRAME_VERSION.to_le_bytes());
    bytes = postcard::to_extend(&head, bytes)?;
    bytes.append(&mut codec::encode(image)?);
    let checksum = blake3::hash(&bytes);
    bytes.extend(checksum.as_bytes());
    Ok(bytes)
}

/// Reads a file, and checks all of it.
pub fn decode(bytes: &[u8]) -> Result<(HeapImage, About), ContainerError> {
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
    let (head, image): (Head, _) = postcard::take_from_bytes(frame).map_err(|_| ContainerError::NoHead)?;
    codec::check_version(head.format)?;
    let image = codec::decode(image)?;
    if image.home().is_none() {
        return Err(ContainerError::NotAHome);
    }
    Ok((image, About { name: head.name, created_millis: head.created_millis }))
}
