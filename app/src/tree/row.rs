//! A row of a tree: what it shows, and which children it has.

use serde::{Deserialize, Serialize};
use wire::{Change, DiffListing, DiffRow, Key, Listing, Row, Step, Summary};

use super::range::Range;
use crate::formats;

/// One step from a node to a child node.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Part {
    /// To a value.
    Step(Step),
    /// To a group of children.
    Range(Range),
    /// To the placeholder row: loading, gone or failed.
    Note,
}

/// The path from the root to a node.
pub type NodePath = Vec<Part>;

/// Which of the two compared states a node's children are listed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DiffSide {
    /// In both, as differences; also if there is only one state.
    #[default]
    Both,
    /// In the earlier one: the node does not exist in the later one.
    Earlier,
    /// In the later one: the node does not exist in the earlier one.
    Later,
}

/// A child of a value, as listed by the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum ListedRow {
    /// The child itself.
    Value(Row),
    /// How the child differs.
    Difference(DiffRow),
}

/// The worker's answer: some of a node's children.
#[derive(Clone, Debug)]
pub struct ListedRows {
    /// The total number of children.
    pub child_count: u32,
    /// The requested children.
    pub rows: Vec<ListedRow>,
}

impl From<Listing> for ListedRows {
    fn from(listing: Listing) -> Self {
        ListedRows {
            child_count: listing.of.child_count,
            rows: listing.rows.into_iter().map(ListedRow::Value).collect(),
        }
    }
}

impl From<DiffListing> for ListedRows {
    fn from(listing: DiffListing) -> Self {
        ListedRows {
            child_count: listing.row_count,
            rows: listing.rows.into_iter().map(ListedRow::Difference).collect(),
        }
    }
}

impl ListedRow {
    /// The step from the parent to this child.
    pub fn step(&self) -> &Step {
        match self {
            ListedRow::Value(row) => &row.step,
            ListedRow::Difference(row) => &row.step,
        }
    }

    /// The children that opening it shows, if it has any.
    pub fn child_range(&self) -> Option<Range> {
        let count = |value: &Option<Summary>| value.as_ref().map_or(0, |value| value.child_count);
        let end = match self {
            ListedRow::Value(row) => row.value.child_count,
            ListedRow::Difference(row) => match row.change {
                Change::Added => count(&row.after),
                Change::Removed => count(&row.before),
                Change::Changed => 0,
                Change::Inside => row.child_count,
            },
        };
        (end > 0).then_some(Range { start: 0, end })
    }

    /// The state that its children are listed in, if it is listed in `listed` itself.
    pub fn side(&self, listed: DiffSide) -> DiffSide {
        match self {
            ListedRow::Difference(DiffRow { change: Change::Added, .. }) => DiffSide::Later,
            ListedRow::Difference(DiffRow { change: Change::Removed, .. }) => DiffSide::Earlier,
            _ => listed,
        }
    }

    /// What its parent calls it.
    pub fn label(&self) -> &str {
        match self {
            ListedRow::Value(row) => &row.label,
            ListedRow::Difference(row) => &row.label,
        }
    }

    fn contains(&self, lowercase: &str) -> bool {
        let contains = |text: &str| formats::lowercase(text).contains(lowercase);
        match self {
            ListedRow::Value(row) => contains(&row.label) || contains(&row.value.text),
            ListedRow::Difference(row) => {
                let mut values = row.before.iter().chain(&row.after);
                contains(&row.label) || values.any(|value| contains(&value.text))
            }
        }
    }
}

/// A row of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct VisibleRow {
    /// Its node.
    pub path: NodePath,
    /// Which of the compared states its children are listed in.
    pub side: DiffSide,
    /// Its depth, from 1.
    pub level: usize,
    /// Its number among its siblings, from 1.
    pub position: usize,
    /// The number of siblings, itself included.
    pub set_size: usize,
    /// Whether it is open; `None` if it cannot be opened.
    pub is_open: Option<bool>,
    /// What it shows.
    pub body: RowBody,
}

/// What a row of the tree shows.
#[derive(Clone, Debug, PartialEq)]
pub enum RowBody {
    /// A value, or how it differs.
    Listed(ListedRow),
    /// A group of children; with the first and the last of their keys, where they are known.
    Group(Range, Option<[String; 2]>),
    /// The worker has not answered yet.
    Loading,
    /// The value no longer exists.
    Gone,
    /// The worker could not list the children, for this reason.
    Failed(String),
}

impl VisibleRow {
    /// The children that opening this row shows, if it can be opened.
    pub fn child_range(&self) -> Option<Range> {
        match &self.body {
            RowBody::Listed(row) => row.child_range(),
            RowBody::Group(range, _) => Some(*range),
            _ => None,
        }
    }

    /// Whether this row itself matches a filter.
    pub fn matches(&self, lowercase_filter: &str) -> bool {
        match &self.body {
            RowBody::Listed(row) => row.contains(lowercase_filter),
            // The contents of a closed group are unknown, so it might match.
            RowBody::Group(..) => self.is_open == Some(false) || lowercase_filter.is_empty(),
            RowBody::Loading | RowBody::Gone | RowBody::Failed(_) => true,
        }
    }

    /// The function, if this row is one whose source can be shown.
    pub fn function(&self) -> Option<&Summary> {
        let value = match &self.body {
            RowBody::Listed(ListedRow::Value(row)) => &row.value,
            RowBody::Listed(ListedRow::Difference(row)) => row.after.as_ref().or(row.before.as_ref())?,
            _ => return None,
        };
        value.location.is_some().then_some(value)
    }

    /// How it changed in the last run.
    pub fn change(&self) -> Option<Change> {
        match &self.body {
            RowBody::Listed(ListedRow::Value(row)) => row.change,
            _ => None,
        }
    }

    /// Whether this is a function whose source text differs.
    pub fn is_source_changed(&self) -> bool {
        matches!(&self.body, RowBody::Listed(ListedRow::Difference(row)) if row.is_source_changed)
    }

    /// Whether its path leads to the same value later: no step of it is a key that is an object, or a result of a run.
    pub fn is_addressable(&self) -> bool {
        matches!(self.body, RowBody::Listed(_)) && self.steps().iter().all(is_addressable)
    }

    /// The steps from the root to this row's value.
    pub fn steps(&self) -> Vec<Step> {
        steps(&self.path)
    }

    /// What its parent calls it: a key, or the name of an upvalue. Empty where it shows no value.
    pub fn label(&self) -> &str {
        match &self.body {
            RowBody::Listed(row) => row.label(),
            RowBody::Group(..) | RowBody::Loading | RowBody::Gone | RowBody::Failed(_) => "",
        }
    }
}

/// The path of a child.
pub fn child(node: &NodePath, part: Part) -> NodePath {
    let mut path = node.clone();
    path.push(part);
    path
}

/// The steps of a path, without groups and placeholders.
pub fn steps(node: &NodePath) -> Vec<Step> {
    let step = |part: &Part| match part {
        Part::Step(step) => Some(step.clone()),
        Part::Range(_) | Part::Note => None,
    };
    node.iter().filter_map(step).collect()
}

/// Whether a step leads to the same value later.
pub fn is_addressable(step: &Step) -> bool {
    !matches!(step, Step::Key(Key::Entry(_)) | Step::Result(_))
}
