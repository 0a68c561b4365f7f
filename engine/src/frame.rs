//! What all files of cu have around their content: the first bytes say the kind and the version, the last are a checksum.

const CHECKSUM_BYTES: usize = blake3::OUT_LEN;

/// A kind of file: its first bytes, and the newest version that is read.
pub struct Frame {
    pub magic: [u8; 8],
    pub version: u16,
}

/// Why there is no content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// It is another kind of file.
    OtherKind,
    /// A later version wrote it.
    Newer(u16),
    /// It is truncated, or was changed after it was written.
    Damaged,
}

impl Frame {
    /// How a file of the newest version begins.
    pub fn begin(&self) -> Vec<u8> {
        [&self.magic[..], &self.version.to_le_bytes()].concat()
    }

    /// The content of a file, whose checksum is right.
    pub fn open<'a>(&self, bytes: &'a [u8]) -> Result<&'a [u8], FrameError> {
        let rest = bytes.strip_prefix(&self.magic).ok_or(FrameError::OtherKind)?;
        let (version, _) = rest.split_first_chunk().ok_or(FrameError::Damaged)?;
        let version = u16::from_le_bytes(*version);
        if version > self.version {
            return Err(FrameError::Newer(version));
        }
        let (content, checksum) = bytes.split_last_chunk::<CHECKSUM_BYTES>().ok_or(FrameError::Damaged)?;
        if blake3::hash(content).as_bytes() != checksum {
            return Err(FrameError::Damaged);
        }
        content.get(self.magic.len() + size_of_val(&version)..).ok_or(FrameError::Damaged)
    }
}

/// Ends a file with the checksum of all that is before.
pub fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    let checksum = blake3::hash(&bytes);
    bytes.extend(checksum.as_bytes());
    bytes
}
