//! Plain data as JSON and back. What goes over is documented in `json/JSON.md`.

mod export;
mod import;

pub use export::{Exported, export};
pub use import::{ImportError, import};

/// How deep values may be nested in JSON: what readers usually bear.
const MOST_DEPTH: usize = 100;
