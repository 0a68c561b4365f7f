//! What the editor knows of Lua: answers what Monaco asks, about the files of the workspace and what is alive in `_home`.
//! The analysis is that of the EmmyLua language server. Knows neither the page nor the engine: files and definitions come
//! as texts, answers go out as JSON in the shapes that Monaco takes.

mod actions;
mod analysis;
mod completion;
mod diagnostics;
mod files;
mod language;
mod message;
mod queue;
mod shapes;
mod text;

pub use language::Language;
pub use message::{Kind, Message};
pub use queue::Queue;
