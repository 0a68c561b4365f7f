//! The files that programs read and write: the page has them, and the worker a copy.

use serde::{Deserialize, Serialize};

use crate::SourcePath;

/// The most files there can be when a program makes one.
pub const MAX_FILES: usize = 1000;
/// The most bytes that all files together can have when a program writes.
pub const MAX_FILES_BYTES: usize = 16 << 20;
/// The most bytes that a program can write to one file.
pub const MAX_FILE_BYTES: usize = 8 << 20;
/// The most files that a program can have open.
pub const MAX_OPEN_FILES: usize = 500;

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    /// The file. Paths that differ only in case are of one file.
    pub path: SourcePath,
    /// What is in it now: any bytes. `None` if there is no such file any more.
    #[serde(with = "serde_bytes")]
    pub content: Option<Vec<u8>>,
}
