//! What the page and the smallest worker say to each other: the worker repeats the text that it is told.

use serde::{Deserialize, Serialize};

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// It is up.
    Started,
    /// This text, which it was told.
    Text(String),
}
