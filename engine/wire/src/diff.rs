//! What differs between two states of `_home`.

use serde::{Deserialize, Serialize};

use crate::{Source, Step, Summary};

/// How a child of two values differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Change {
    /// It is only in the later one. What is in it can be listed by [`crate::Inspect`] there.
    Added,
    /// It is only in the earlier one. What is in it can be listed by [`crate::Inspect`] there.
    Removed,
    /// It is in both, with another value.
    Changed,
    /// It is the same kind of thing in both, a table or a function, and differs inside.
    Inside,
}

/// A child that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffRow {
    /// The step from the parent to here.
    pub step: Step,
    /// The key as a person reads it, as in [`crate::Row::label`].
    pub label: String,
    /// How it differs.
    pub change: Change,
    /// The earlier value, unless it was added.
    pub before: Option<Summary>,
    /// The later value, unless it was removed.
    pub after: Option<Summary>,
    /// How many rows opening it in the diff gives; 0 for all but [`Change::Inside`].
    pub child_count: u32,
    /// Whether it is a function whose source text differs: [`crate::CompareSources`] shows how.
    pub is_source_changed: bool,
}

/// How many differences there are in all, each place counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffTotals {
    /// Places that are only in the later one; what is inside of them is not counted.
    pub added: u64,
    /// Places that are only in the earlier one; what is inside of them is not counted.
    pub removed: u64,
    /// Places with another value, functions with another source text among them.
    pub changed: u64,
}

/// A part of the children that differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffListing {
    /// How many differences there are between the two subjects, whatever the path.
    pub totals: DiffTotals,
    /// Whether all was compared; if not, some places that are called changed may be equal inside.
    pub is_complete: bool,
    /// How many rows there are at this path.
    pub row_count: u32,
    /// The number of the first row among them, from 0.
    pub offset: u32,
    /// The rows asked for, in the order of their keys, the metatable last.
    pub rows: Vec<DiffRow>,
}

/// How the source text of a function differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDiff {
    /// The earlier text.
    pub before: Source,
    /// The later text.
    pub after: Source,
    /// All lines of both, in order.
    pub lines: Vec<DiffLine>,
}

/// A line of two texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffLine {
    /// Where it is.
    pub side: Side,
    /// The line, without its line feed.
    pub text: String,
}

/// In which of two texts a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Side {
    /// In both.
    Both,
    /// In the earlier one only.
    Before,
    /// In the later one only.
    After,
}
