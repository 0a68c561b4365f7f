//! The folders of a person's computer: a page sees none of them.

use std::path::PathBuf;

/// There is none.
pub fn home_dir() -> Option<PathBuf> {
    None
}
