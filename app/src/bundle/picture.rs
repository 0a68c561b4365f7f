//! Pictures that carry a workspace: a PNG with the bytes of a `.cuspace` file in a chunk of its own, as `BUNDLE.md` says.
//! The bytes may be anything. Knows nothing of what the picture shows.

use crate::zip::checksum;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Ancillary, private, and safe to copy: programs that do not know it may keep it when they change the picture.
const WORKSPACE: [u8; 4] = *b"cuSp";
const END: [u8; 4] = *b"IEND";
/// The length of a chunk stands before its kind.
const LENGTH_BYTES: usize = 4;
const KIND_BYTES: usize = 4;
/// The checksum follows what is in the chunk.
const CHECKSUM_BYTES: usize = 4;
/// The longest content that a chunk can have.
const MAX_CONTENT_BYTES: usize = (1 << 31) - 1;

/// Why a picture brings no workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// It is something else.
    #[error("it is no picture")]
    NoPicture,
    /// It never had one, or a program that changed the picture took it away.
    #[error("it is a picture without a workspace in it")]
    NoWorkspace,
    /// It is cut off, or its bytes were changed.
    #[error("the picture is damaged, or parts of it are missing")]
    Damaged,
    /// It has more than one.
    #[error("the picture has two workspaces in it")]
    Twice,
}

/// A chunk of a PNG.
struct Chunk<'a> {
    /// Its kind and its content, which the checksum is of.
    body: &'a [u8],
    checksum: u32,
}

impl<'a> Chunk<'a> {
    /// The first chunk of some bytes, and what follows it.
    fn first_of(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (length, rest) = bytes.split_first_chunk::<LENGTH_BYTES>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok().filter(|length| *length <= MAX_CONTENT_BYTES)?;
        let (body, rest) = rest.split_at_checked(KIND_BYTES + length)?;
        let (checksum, rest) = rest.split_first_chunk::<CHECKSUM_BYTES>()?;
        Some((Chunk { body, checksum: u32::from_be_bytes(*checksum) }, rest))
    }

    fn is(&self, kind: [u8; KIND_BYTES]) -> bool {
        self.body.starts_with(&kind)
    }

    fn is_intact(&self) -> bool {
        checksum(self.body) == self.checksum
    }

    fn content(&self) -> &'a [u8] {
        &self.body[KIND_BYTES..]
    }
}

/// Whether bytes begin like a PNG.
pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// The workspace in a picture, as the bytes of a `.cuspace` file.
pub fn workspace_in(png: &[u8]) -> Result<&[u8], PictureError> {
    let mut rest = png.strip_prefix(SIGNATURE).ok_or(PictureError::NoPicture)?;
    let mut found = None;
    loop {
        let (chunk, after) = Chunk::first_of(rest).ok_or(PictureError::Damaged)?;
        if chunk.is(END) {
            return found.ok_or(PictureError::NoWorkspace);
        }
        if chunk.is(WORKSPACE) {
            if !chunk.is_intact() {
                return Err(PictureError::Damaged);
            }
            if found.replace(chunk.content()).is_some() {
                return Err(PictureError::Twice);
            }
        }
        rest = after;
    }
}

/// The picture with a workspace in it, right before its end. `None` if it is no whole picture, or the workspace is too
/// large for one.
pub fn with_workspace(png: &[u8], workspace: &[u8]) -> Option<Vec<u8>> {
    let mut rest = png.strip_prefix(SIGNATURE)?;
    loop {
        let (chunk, after) = Chunk::first_of(rest)?;
        if chunk.is(END) {
            break;
        }
        rest = after;
    }
    let length = u32::try_from(workspace.len()).ok().filter(|_| workspace.len() <= MAX_CONTENT_BYTES)?;
    let body = [&WORKSPACE[..], workspace].concat();
    let (before, end) = png.split_at(png.len() - rest.len());
    Some([before, &length.to_be_bytes(), &body, &checksum(&body).to_be_bytes(), end].concat())
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
