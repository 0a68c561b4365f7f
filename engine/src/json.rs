//! Plain data as JSON and back. What goes over is documented in `json/JSON.md`.

mod export;
mod import;
mod reader;

pub use export::{Exported, export};
pub use import::{ImportError, import};
pub use reader::{Piece, Problem, Reader, Text};

/// How deep values may be nested in JSON: what readers usually bear.
const MOST_DEPTH: usize = 100;
