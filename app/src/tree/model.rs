//! The state of one tree: what is open, what was fetched, what changed.

use std::collections::{HashMap, HashSet};

use wire::{Listing, Row, Step};

use super::range::{PAGE, Range};

/// One step from a node to a child node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// To a value.
    Step(Step),
    /// To a group of children.
    Range(Range),
}

/// Where a node is, from the root on.
pub type NodePath = Vec<Part>;

/// A question to the worker, and the node that its answer belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The node to be filled.
    pub node: NodePath,
    /// The steps to the value.
    pub steps: Vec<Step>,
    /// Which of its children.
    pub range: Range,
}

/// What is known of an open node's inside.
#[derive(Clone, Debug)]
enum Content {
    Loading,
    Rows(Vec<Row>),
    Groups(Vec<Range>),
    Gone,
}

/// A line of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct VisibleRow {
    /// Its node.
    pub path: NodePath,
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
    /// A value.
    Value(Row),
    /// A group of children.
    Group(Range),
    /// The worker has not answered yet.
    Loading,
    /// The value is not there any more.
    Gone,
}

/// The state of one tree.
#[derive(Clone, Debug, Default)]
pub struct TreeModel {
    contents: HashMap<NodePath, Content>,
    open: HashSet<NodePath>,
    changed: HashMap<NodePath, u32>,
    refresh_count: u32,
    /// Whether the first answer of the last refresh has not come yet.
    is_refreshing: bool,
}

impl TreeModel {
    /// A tree whose first level is known.
    pub fn of_rows(rows: Vec<Row>) -> Self {
        TreeModel { contents: HashMap::from([(Vec::new(), Content::Rows(rows))]), ..TreeModel::default() }
    }

    /// Begins to fetch everything visible anew; the answers bring further queries.
    pub fn refresh(&mut self) -> Vec<Query> {
        self.refresh_count += 1;
        self.is_refreshing = true;
        vec![Query { node: Vec::new(), steps: Vec::new(), range: Range { start: 0, end: PAGE } }]
    }

    /// Whether the last refresh has not been answered yet.
    pub fn is_refreshing(&self) -> bool {
        self.is_refreshing
    }

    /// Whether the root was fetched and has no children.
    pub fn is_known_empty(&self) -> bool {
        matches!(self.contents.get(&Vec::new()), Some(Content::Rows(rows)) if rows.is_empty())
    }

    /// Opens a node.
    pub fn open(&mut self, row: &VisibleRow) -> Vec<Query> {
        let Some(range) = row.inside() else { return Vec::new() };
        self.open.insert(row.path.clone());
        self.load(row.path.clone(), range)
    }

    /// Closes a node. What is open inside is open again when it is.
    pub fn close(&mut self, path: &NodePath) {
        self.open.remove(path);
    }

    /// Takes an answer. `None`: there is no such value any more.
    pub fn receive(&mut self, node: NodePath, listing: Option<Listing>) -> Vec<Query> {
        if node.is_empty() {
            self.is_refreshing = false;
        }
        let Some(listing) = listing else {
            self.contents.insert(node, Content::Gone);
            return Vec::new();
        };
        let is_group = matches!(node.last(), Some(Part::Range(_)));
        if !is_group && listing.of.child_count > PAGE {
            return self.load(node, Range { start: 0, end: listing.of.child_count });
        }
        if let Some(Content::Rows(before)) = self.contents.get(&node) {
            let changed = changed_steps(before, &listing.rows);
            let count = self.refresh_count;
            self.changed.extend(changed.into_iter().map(|step| (child(&node, Part::Step(step)), count)));
        }
        let inside: Vec<_> = listing
            .rows
            .iter()
            .filter(|row| row.value.child_count > 0)
            .map(|row| (child(&node, Part::Step(row.step.clone())), Range { start: 0, end: row.value.child_count }))
            .collect();
        self.contents.insert(node, Content::Rows(listing.rows));
        self.load_open(inside)
    }

    /// Fills a node with the children in this range: by groups, or by asking.
    fn load(&mut self, node: NodePath, range: Range) -> Vec<Query> {
        if range.len() <= PAGE {
            if !matches!(self.contents.get(&node), Some(Content::Rows(_))) {
                self.contents.insert(node.clone(), Content::Loading);
            }
            return vec![Query { steps: steps(&node), node, range }];
        }
        let groups = range.groups();
        let inside = groups.iter().map(|group| (child(&node, Part::Range(*group)), *group)).collect();
        self.contents.insert(node, Content::Groups(groups));
        self.load_open(inside)
    }

    fn load_open(&mut self, nodes: Vec<(NodePath, Range)>) -> Vec<Query> {
        let mut queries = Vec::new();
        for (node, range) in nodes {
            if self.open.contains(&node) {
                queries.extend(self.load(node, range));
            }
        }
        queries
    }

    /// The lines to show. With a filter: those that contain it and those on the way to them.
    pub fn visible_rows(&self, filter: &str) -> Vec<VisibleRow> {
        let mut rows = Vec::new();
        self.add_inside(&Vec::new(), 1, &filter.to_lowercase(), &mut rows);
        rows
    }

    fn add_inside(&self, node: &NodePath, level: usize, filter: &str, rows: &mut Vec<VisibleRow>) {
        let bodies: Vec<_> = match self.contents.get(node) {
            None | Some(Content::Loading) if level == 1 => return,
            None | Some(Content::Loading) => vec![(node.clone(), RowBody::Loading)],
            Some(Content::Gone) => vec![(node.clone(), RowBody::Gone)],
            Some(Content::Rows(inside)) => inside
                .iter()
                .map(|row| (child(node, Part::Step(row.step.clone())), RowBody::Value(row.clone())))
                .collect(),
            Some(Content::Groups(groups)) => {
                groups.iter().map(|group| (child(node, Part::Range(*group)), RowBody::Group(*group))).collect()
            }
        };
        let set_size = bodies.len();
        for (index, (path, body)) in bodies.into_iter().enumerate() {
            let mut row = VisibleRow {
                changed_in: self.changed.get(&path).copied(),
                path,
                level,
                position: index + 1,
                set_size,
                is_open: None,
                body,
            };
            row.is_open = row.inside().map(|_| self.open.contains(&row.path));
            self.add_row(row, filter, rows);
        }
    }

    fn add_row(&self, row: VisibleRow, filter: &str, rows: &mut Vec<VisibleRow>) {
        let (own_index, path, level) = (rows.len(), row.path.clone(), row.level);
        let (is_open, is_kept) = (row.is_open == Some(true), row.matches(filter));
        rows.push(row);
        if is_open {
            self.add_inside(&path, level + 1, filter, rows);
        }
        if !is_kept && rows.len() == own_index + 1 {
            rows.pop();
        }
    }
}

impl VisibleRow {
    /// The children that opening this row shows.
    fn inside(&self) -> Option<Range> {
        match &self.body {
            RowBody::Value(row) if row.value.child_count > 0 => Some(Range { start: 0, end: row.value.child_count }),
            RowBody::Group(range) => Some(*range),
            _ => None,
        }
    }

    fn matches(&self, lowercase_filter: &str) -> bool {
        let contains = |text: &str| text.to_lowercase().contains(lowercase_filter);
        match &self.body {
            RowBody::Value(row) => contains(&row.label) || contains(&row.value.text),
            // Nobody knows yet what is in a closed group.
            RowBody::Group(_) => self.is_open == Some(false) || lowercase_filter.is_empty(),
            RowBody::Loading | RowBody::Gone => true,
        }
    }

    /// Whether it is a function whose source can be shown.
    pub fn is_function(&self) -> bool {
        matches!(&self.body, RowBody::Value(row) if row.value.place.is_some())
    }

    /// The steps from the subject to this row's value.
    pub fn steps(&self) -> Vec<Step> {
        steps(&self.path)
    }
}

fn child(node: &NodePath, part: Part) -> NodePath {
    let mut path = node.clone();
    path.push(part);
    path
}

fn steps(node: &NodePath) -> Vec<Step> {
    node.iter()
        .filter_map(|part| match part {
            Part::Step(step) => Some(step.clone()),
            Part::Range(_) => None,
        })
        .collect()
}

/// Steps whose value reads otherwise than before, or is new.
fn changed_steps(before: &[Row], after: &[Row]) -> Vec<Step> {
    // Where nothing was, everything is new, and marking it would say nothing.
    if before.is_empty() {
        return Vec::new();
    }
    let old: HashMap<_, _> = before.iter().map(|row| (&row.step, &row.value)).collect();
    let is_changed = |row: &&Row| {
        old.get(&row.step).is_none_or(|old| old.text != row.value.text || old.child_count != row.value.child_count)
    };
    after.iter().filter(is_changed).map(|row| row.step.clone()).collect()
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
