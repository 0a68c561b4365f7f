//! A line of a tree: what it shows, and what is inside of it.

use wire::{Change, DiffListing, DiffRow, Listing, Row, Step, Summary};

use super::range::Range;

/// One step from a node to a child node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// To a value.
    Step(Step),
    /// To a group of children.
    Range(Range),
    /// To what is said in the place of the children.
    Note,
}

/// Where a node is, from the root on.
pub type NodePath = Vec<Part>;

/// Which of two compared states a node's children are listed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// In both, as what differs; or there are no two.
    #[default]
    Both,
    /// In the earlier one: it is not in the later one.
    Earlier,
    /// In the later one: it is not in the earlier one.
    Later,
}

/// A child of a value, as the worker lists it.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// It, as it is.
    Value(Row),
    /// How it differs.
    Difference(DiffRow),
}

/// What the worker lists of a node.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How many children there are.
    pub child_count: u32,
    /// Those that were asked for.
    pub lines: Vec<Line>,
}

impl From<Listing> for Answer {
    fn from(listing: Listing) -> Self {
        Answer { child_count: listing.of.child_count, lines: listing.rows.into_iter().map(Line::Value).collect() }
    }
}

impl From<DiffListing> for Answer {
    fn from(listing: DiffListing) -> Self {
        Answer { child_count: listing.row_count, lines: listing.rows.into_iter().map(Line::Difference).collect() }
    }
}

impl Line {
    /// The step from the parent to here.
    pub fn step(&self) -> &Step {
        match self {
            Line::Value(row) => &row.step,
            Line::Difference(row) => &row.step,
        }
    }

    /// The children that opening it shows.
    pub fn inside(&self) -> Option<Range> {
        let count = |value: &Option<Summary>| value.as_ref().map_or(0, |value| value.child_count);
        let end = match self {
            Line::Value(row) => row.value.child_count,
            Line::Difference(row) => match row.change {
                Change::Added => count(&row.after),
                Change::Removed => count(&row.before),
                Change::Changed => 0,
                Change::Inside => row.child_count,
            },
        };
        (end > 0).then_some(Range { start: 0, end })
    }

    /// In which state its children are listed, if it is listed in this one.
    pub fn side(&self, listed: Side) -> Side {
        match self {
            Line::Difference(DiffRow { change: Change::Added, .. }) => Side::Later,
            Line::Difference(DiffRow { change: Change::Removed, .. }) => Side::Earlier,
            _ => listed,
        }
    }

    /// Whether a person reads the same in both.
    pub fn reads_like(&self, other: &Line) -> bool {
        match (self, other) {
            (Line::Value(one), Line::Value(other)) => {
                one.value.text == other.value.text && one.value.child_count == other.value.child_count
            }
            _ => self == other,
        }
    }

    fn contains(&self, lowercase: &str) -> bool {
        let contains = |text: &str| text.to_lowercase().contains(lowercase);
        match self {
            Line::Value(row) => contains(&row.label) || contains(&row.value.text),
            Line::Difference(row) => {
                let mut values = row.before.iter().chain(&row.after);
                contains(&row.label) || values.any(|value| contains(&value.text))
            }
        }
    }
}

/// A line of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct VisibleRow {
    /// Its node.
    pub path: NodePath,
    /// In which state its children are listed.
    pub side: Side,
    /// Its depth, from 1.
    pub level: usize,
    /// Its number among its siblings, from 1.
    pub position: usize,
    /// How many siblings there are, itself included.
    pub set_size: usize,
    /// Whether it is open; `None` for what cannot be opened.
    pub is_open: Option<bool>,
    /// The refresh in which its text changed last, if ever.
    pub changed_in: Option<u32>,
    /// What it shows.
    pub body: RowBody,
}

/// What a line of the tree shows.
#[derive(Clone, Debug, PartialEq)]
pub enum RowBody {
    /// A value, or how it differs.
    Line(Line),
    /// A group of children.
    Group(Range),
    /// The worker has not answered yet.
    Loading,
    /// The value is not there any more.
    Gone,
    /// The worker could not say, for this reason.
    Failed(String),
}

impl VisibleRow {
    /// The children that opening this row shows.
    pub fn inside(&self) -> Option<Range> {
        match &self.body {
            RowBody::Line(line) => line.inside(),
            RowBody::Group(range) => Some(*range),
            _ => None,
        }
    }

    /// Whether it is to be shown with this filter, were it alone.
    pub fn matches(&self, lowercase_filter: &str) -> bool {
        match &self.body {
            RowBody::Line(line) => line.contains(lowercase_filter),
            // Nobody knows yet what is in a closed group.
            RowBody::Group(_) => self.is_open == Some(false) || lowercase_filter.is_empty(),
            RowBody::Loading | RowBody::Gone | RowBody::Failed(_) => true,
        }
    }

    /// The function whose source can be shown, if it is one.
    pub fn function(&self) -> Option<&Summary> {
        let value = match &self.body {
            RowBody::Line(Line::Value(row)) => &row.value,
            RowBody::Line(Line::Difference(row)) => row.after.as_ref().or(row.before.as_ref())?,
            _ => return None,
        };
        value.place.is_some().then_some(value)
    }

    /// Whether it is a function whose source text differs.
    pub fn is_source_changed(&self) -> bool {
        matches!(&self.body, RowBody::Line(Line::Difference(row)) if row.is_source_changed)
    }

    /// The steps from the subject to this row's value.
    pub fn steps(&self) -> Vec<Step> {
        steps(&self.path)
    }
}

/// The path of a child.
pub fn child(node: &NodePath, part: Part) -> NodePath {
    let mut path = node.clone();
    path.push(part);
    path
}

/// The steps of a path, without the groups on the way.
pub fn steps(node: &NodePath) -> Vec<Step> {
    let step = |part: &Part| match part {
        Part::Step(step) => Some(step.clone()),
        Part::Range(_) | Part::Note => None,
    };
    node.iter().filter_map(step).collect()
}
