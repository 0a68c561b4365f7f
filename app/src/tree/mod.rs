//! Walking through values: which rows a tree shows and what it must ask the worker for. Plain
//! data; `components/tree.rs` draws it.

mod model;
mod range;

pub use model::{NodePath, Query, RowBody, TreeModel, VisibleRow};
pub use range::Range;
