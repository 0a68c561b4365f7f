//! Whether two functions have the same source text.

use std::collections::HashMap;

use crate::image::{ChunkId, FunctionId, HeapImage, PrototypeId};
use crate::inspect::source_lines;

/// The maximum number of source bytes to compare: nested functions share lines, so a text may be read many times.
const MAX_BYTES: usize = 64 << 20;

/// Compares the functions of two images and caches the results.
pub struct Code<'a> {
    before: &'a HeapImage,
    after: &'a HeapImage,
    prototypes: HashMap<(PrototypeId, PrototypeId), bool>,
    chunks: HashMap<(ChunkId, ChunkId), bool>,
    bytes_left: usize,
}

impl<'a> Code<'a> {
    /// Prepares to compare the functions of these images.
    pub fn new(before: &'a HeapImage, after: &'a HeapImage) -> Code<'a> {
        Code { before, after, prototypes: HashMap::new(), chunks: HashMap::new(), bytes_left: MAX_BYTES }
    }

    /// Whether two functions have the same source text, wherever it is in its chunk.
    pub fn is_same(&mut self, old: FunctionId, new: FunctionId) -> bool {
        let pair = (self.before[old].prototype, self.after[new].prototype);
        if let Some(is_same) = self.prototypes.get(&pair) {
            return *is_same;
        }
        let is_same = self.compare(pair);
        self.prototypes.insert(pair, is_same);
        is_same
    }

    fn compare(&mut self, (old, new): (PrototypeId, PrototypeId)) -> bool {
        let (old, new) = (self.before.prototype(old), self.after.prototype(new));
        if self.is_same_chunk(old.chunk, new.chunk) {
            return old.proto_path == new.proto_path;
        }
        if self.bytes_left == 0 {
            return old.fingerprint == new.fingerprint;
        }
        let (old_text, new_text) = (source_lines(self.before, old), source_lines(self.after, new));
        // Finding a function also scans the lines before it.
        let scanned = self.before.chunk(old.chunk).text.len().max(self.after.chunk(new.chunk).text.len());
        self.bytes_left = self.bytes_left.saturating_sub(scanned);
        old_text.trim_ascii() == new_text.trim_ascii()
            && old.parameters == new.parameters
            && old.is_vararg == new.is_vararg
            && old.upvalue_names == new.upvalue_names
    }

    fn is_same_chunk(&mut self, old: ChunkId, new: ChunkId) -> bool {
        *self.chunks.entry((old, new)).or_insert_with(|| {
            let (old, new) = (self.before.chunk(old).text, self.after.chunk(new).text);
            let is_same = self.bytes_left >= old.len() && old == new;
            self.bytes_left = self.bytes_left.saturating_sub(old.len().min(new.len()));
            is_same
        })
    }
}
