//! Browsing values: which rows a tree shows, and what it must request from the worker. Plain data;
//! `components/tree.rs` renders it.

mod keys;
mod locate;
mod model;
mod origin;
mod range;
mod row;

pub use locate::{Locate, Progress};
pub use model::{Purpose, Query, TreeModel};
pub use origin::{Origin, RowsCall};
pub use range::Range;
pub use row::{DiffSide, ListedRow, ListedRows, NodePath, Part, RowBody, VisibleRow, is_addressable, steps};
