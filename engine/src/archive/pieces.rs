//! Cutting bytes into pieces, each named by its content.

use fastcdc::v2020::FastCDC;

use crate::store::{PieceName, PieceRef};

/// Sizes of pieces, in bytes: a small change rewrites one or two of them.
const MIN_PIECE: usize = 4 << 10;
const AVERAGE_PIECE: usize = 16 << 10;
const MAX_PIECE: usize = 64 << 10;

/// The pieces of some bytes.
pub type Cut<'a> = Vec<(PieceRef, &'a [u8])>;

/// Cuts bytes at boundaries that their content determines.
pub fn cut(bytes: &[u8]) -> Cut<'_> {
    FastCDC::new(bytes, MIN_PIECE as _, AVERAGE_PIECE as _, MAX_PIECE as _)
        .map(|cut| {
            let piece = &bytes[cut.offset..cut.offset + cut.length];
            (PieceRef { name: name_of(piece), length: piece.len() as u32 }, piece)
        })
        .collect()
}

/// Cuts bytes into pieces, and adds these to others. Returns the references to them.
pub fn cut_into<'a>(all: &mut Cut<'a>, bytes: &'a [u8]) -> Vec<PieceRef> {
    let start = all.len();
    all.extend(cut(bytes));
    all[start..].iter().map(|(piece, _)| piece.clone()).collect()
}

/// Decompresses a piece and verifies its hash.
pub fn open(compressed: &[u8], piece: &PieceRef) -> Option<Vec<u8>> {
    let bytes = decompress(compressed, piece.length)?;
    (name_of(&bytes) == piece.name).then_some(bytes)
}

/// The bytes of a compressed piece, which are said to be this many.
pub fn decompress(compressed: &[u8], length: u32) -> Option<Vec<u8>> {
    let length = length as usize;
    if length > MAX_PIECE {
        return None;
    }
    lz4_flex::block::decompress(compressed, length).ok().filter(|bytes| bytes.len() == length)
}

/// The name of a piece with these bytes.
pub fn name_of(bytes: &[u8]) -> PieceName {
    PieceName(blake3::hash(bytes).to_hex().to_string())
}
