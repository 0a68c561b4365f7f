//! The state of one tree: what is open, what has been fetched, what has changed.

use std::collections::{HashMap, HashSet};

use wire::{Place, Row, Step, Summary};

use crate::formats;

use super::{
    keys::Groups,
    range::{PAGE, Range},
    row::{DiffSide, ListedRow, ListedRows, NodePath, Part, RowBody, VisibleRow, child, is_addressable, steps},
};

/// How many open nodes are kept for the next page.
const MAX_STORED_NODES: usize = 500;
/// How many parts the path of one may have.
const MAX_STORED_PARTS: usize = 64;

/// What an answer is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// The rows of a node.
    #[default]
    Rows,
    /// The names of its groups: the keys at their ends.
    Keys,
}

/// A request for a node's children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The node that the answer belongs to.
    pub node: NodePath,
    /// Which of the compared states to list its children in.
    pub side: DiffSide,
    /// The steps to its value.
    pub steps: Vec<Step>,
    /// Which of its children to list.
    pub range: Range,
    /// What for.
    pub purpose: Purpose,
}

/// What is known about the children of an open node.
#[derive(Clone, Debug)]
enum Content {
    Loading,
    Rows(Vec<ListedRow>),
    Groups(Groups),
    Gone,
    Failed(String),
}

/// A node that can be opened, and the range of its children.
struct Openable {
    node: NodePath,
    side: DiffSide,
    range: Range,
}

/// The state of one tree.
#[derive(Clone, Debug, Default)]
pub struct TreeModel {
    contents: HashMap<NodePath, Content>,
    open: HashSet<NodePath>,
    /// Whether the latest refresh still waits for its first answer.
    is_refreshing: bool,
    /// A row that is to get the focus once it is there.
    wanted: Option<NodePath>,
    /// Grows with each change of what is open, and with each refresh.
    revisions: [u32; 2],
    /// Whether what was open on an earlier page has been opened.
    is_restored: bool,
}

impl TreeModel {
    /// Creates a tree from the rows of its first level.
    pub fn of_rows(rows: Vec<Row>) -> Self {
        let rows = rows.into_iter().map(ListedRow::Value).collect();
        TreeModel { contents: HashMap::from([(Vec::new(), Content::Rows(rows))]), ..TreeModel::default() }
    }

    /// Starts to fetch everything visible again; the answers lead to further queries.
    pub fn refresh(&mut self) -> Vec<Query> {
        self.is_refreshing = true;
        self.revisions[1] = self.revisions[1].wrapping_add(1);
        let range = Range { start: 0, end: PAGE };
        vec![Query { node: Vec::new(), side: DiffSide::Both, steps: Vec::new(), range, purpose: Purpose::Rows }]
    }

    /// Shows a value as the only row of the first level, initially open. The open nodes below it are fetched again.
    pub fn show(&mut self, value: Summary) -> Vec<Query> {
        let row = Row::new(Step::Result(0), String::new(), value);
        let path = vec![Part::Step(row.step.clone())];
        if !self.contents.contains_key(&path) {
            self.open.insert(path);
        }
        let answer = ListedRows { child_count: 1, rows: vec![ListedRow::Value(row)] };
        self.refresh().into_iter().flat_map(|query| self.receive(query, Some(answer.clone()))).collect()
    }

    /// Whether the latest refresh is still unanswered.
    pub fn is_refreshing(&self) -> bool {
        self.is_refreshing
    }

    /// Whether the root has been fetched and has no children.
    pub fn is_known_empty(&self) -> bool {
        matches!(self.contents.get(&Vec::new()), Some(Content::Rows(rows)) if rows.is_empty())
    }

    /// Whether nothing is known about the root yet.
    pub fn is_loading(&self) -> bool {
        matches!(self.contents.get(&Vec::new()), None | Some(Content::Loading))
    }

    /// Opens a node.
    pub fn open(&mut self, row: &VisibleRow) -> Vec<Query> {
        let Some(range) = row.child_range() else { return Vec::new() };
        self.set_open(row.path.clone());
        self.load(Openable { node: row.path.clone(), side: row.side, range })
    }

    /// Opens everything on the way to a value, and wants its row.
    pub fn reveal(&mut self, places: &[Place]) -> Vec<Query> {
        let mut node = NodePath::new();
        for place in places {
            if !node.is_empty() {
                self.set_open(node.clone());
            }
            for group in (Range { start: 0, end: place.sibling_count }).groups_of(place.index) {
                node.push(Part::Range(group));
                self.set_open(node.clone());
            }
            node.push(Part::Step(place.step.clone()));
        }
        self.wanted = Some(node);
        self.refresh()
    }

    /// The row that is to get the focus.
    pub fn wanted(&self) -> Option<&NodePath> {
        self.wanted.as_ref()
    }

    /// Wants a row that is shown.
    pub fn want(&mut self, path: NodePath) {
        self.wanted = Some(path);
    }

    /// No row is wanted any more.
    pub fn forget_wanted(&mut self) {
        self.wanted = None;
    }

    /// Closes a node. The nodes below it stay open for when it is opened again.
    pub fn close(&mut self, path: &NodePath) {
        self.open.remove(path);
        self.revisions[0] = self.revisions[0].wrapping_add(1);
    }

    /// Closes everything.
    pub fn close_all(&mut self) {
        self.open.clear();
        self.revisions[0] = self.revisions[0].wrapping_add(1);
    }

    fn set_open(&mut self, node: NodePath) {
        self.open.insert(node);
        self.revisions[0] = self.revisions[0].wrapping_add(1);
    }

    /// Grows with each change of what is open.
    pub fn open_revision(&self) -> u32 {
        self.revisions[0]
    }

    /// Grows with each refresh.
    pub fn refresh_revision(&self) -> u32 {
        self.revisions[1]
    }

    /// What is open and can be found again on another page, the nodes with the shortest paths first.
    pub fn open_nodes(&self) -> Vec<&NodePath> {
        let is_lasting = |node: &&NodePath| node.len() <= MAX_STORED_PARTS && steps(node).iter().all(is_addressable);
        let of_length = |length| self.open.iter().filter(is_lasting).filter(move |node| node.len() == length);
        (0..=MAX_STORED_PARTS).flat_map(of_length).take(MAX_STORED_NODES).collect()
    }

    /// Opens what was open on an earlier page, where that is here, too; once. A path that leads nowhere opens nothing.
    pub fn restore_open(&mut self, read: impl FnOnce() -> Vec<NodePath>) {
        if !std::mem::replace(&mut self.is_restored, true) {
            let is_short = |node: &NodePath| node.len() <= MAX_STORED_PARTS;
            self.open.extend(read().into_iter().filter(is_short).take(MAX_STORED_NODES));
        }
    }

    /// What the step at the end of a path is called, if its row has been fetched.
    pub fn label(&self, path: &[Part]) -> Option<&str> {
        let (Part::Step(step), parent) = path.split_last()? else { return None };
        match self.contents.get(parent)? {
            Content::Rows(rows) => rows.iter().find(|row| row.step() == step).map(ListedRow::label),
            _ => None,
        }
    }

    /// Takes an answer. `None` means that the value no longer exists.
    pub fn receive(&mut self, query: Query, answer: Option<ListedRows>) -> Vec<Query> {
        if query.purpose == Purpose::Keys {
            let Some(Content::Groups(groups)) = self.contents.get_mut(&query.node) else { return Vec::new() };
            let ranges = answer.map(|answer| groups.receive(query.range, &answer.rows)).unwrap_or_default();
            return ranges.into_iter().map(|range| Query { range, ..query.clone() }).collect();
        }
        let Query { node, side, .. } = query;
        if node.is_empty() {
            self.is_refreshing = false;
        }
        let Some(answer) = answer else {
            self.forget_other_children(&node, &HashSet::new());
            self.contents.insert(node, Content::Gone);
            return Vec::new();
        };
        let is_group = matches!(node.last(), Some(Part::Range(_)));
        if !is_group && answer.child_count > PAGE {
            return self.load(Openable { node, side, range: Range { start: 0, end: answer.child_count } });
        }
        let present = answer.rows.iter().map(|row| Part::Step(row.step().clone())).collect();
        self.forget_other_children(&node, &present);
        let openable = |row: &ListedRow| {
            let node = child(&node, Part::Step(row.step().clone()));
            row.child_range().map(|range| Openable { node, side: row.side(side), range })
        };
        let children: Vec<_> = answer.rows.iter().filter_map(openable).collect();
        self.contents.insert(node, Content::Rows(answer.rows));
        self.load_open(children)
    }

    /// Takes the reason why a query was not answered.
    pub fn fail(&mut self, query: Query, reason: String) {
        let Query { node, purpose, .. } = query;
        // Groups go without the names then.
        if purpose == Purpose::Keys {
            return;
        }
        if node.is_empty() {
            self.is_refreshing = false;
        }
        self.contents.insert(node, Content::Failed(reason));
    }

    /// Fills a node: with groups if it has many children, otherwise by a query.
    fn load(&mut self, openable: Openable) -> Vec<Query> {
        let Openable { node, side, range } = openable;
        if range.len() <= PAGE {
            if !matches!(self.contents.get(&node), Some(Content::Rows(_))) {
                self.contents.insert(node.clone(), Content::Loading);
            }
            return vec![Query { steps: steps(&node), node, side, range, purpose: Purpose::Rows }];
        }
        let groups = range.groups();
        self.forget_other_children(&node, &groups.iter().map(|group| Part::Range(*group)).collect());
        let openable = |group: &Range| Openable { node: child(&node, Part::Range(*group)), side, range: *group };
        let children = groups.iter().map(openable).collect();
        let known = match self.contents.remove(&node) {
            Some(Content::Groups(before)) => Some(before),
            _ => None,
        };
        let groups = Groups::new(groups, known);
        let ends = groups.first_question();
        self.contents.insert(node.clone(), Content::Groups(groups));
        let mut queries = self.load_open(children);
        queries.push(Query { steps: steps(&node), node, side, range: ends, purpose: Purpose::Keys });
        queries
    }

    /// Forgets what was fetched of children that no longer exist, and of everything inside them. What a person opened
    /// is remembered: it is open again when it comes back.
    fn forget_other_children(&mut self, node: &NodePath, present: &HashSet<Part>) {
        let is_kept = |path: &NodePath| match path.strip_prefix(node.as_slice()) {
            Some([child, ..]) => present.contains(child),
            _ => true,
        };
        self.contents.retain(|path, _| is_kept(path));
    }

    fn load_open(&mut self, nodes: Vec<Openable>) -> Vec<Query> {
        let mut queries = Vec::new();
        for openable in nodes {
            if self.open.contains(&openable.node) {
                queries.extend(self.load(openable));
            }
        }
        queries
    }

    /// The rows to show. With a filter, these are the rows that contain it and their ancestors.
    pub fn visible_rows(&self, filter: &str) -> Vec<VisibleRow> {
        let mut rows = Vec::new();
        self.add_children(&Vec::new(), DiffSide::Both, 1, &formats::lowercase(filter), &mut rows);
        rows
    }

    fn add_children(&self, node: &NodePath, side: DiffSide, level: usize, filter: &str, rows: &mut Vec<VisibleRow>) {
        let step = |row: &ListedRow| (child(node, Part::Step(row.step().clone())), RowBody::Listed(row.clone()));
        let group = |(group, keys): (Range, _)| (child(node, Part::Range(group)), RowBody::Group(group, keys));
        let note = |body| vec![(child(node, Part::Note), body)];
        let bodies: Vec<_> = match self.contents.get(node) {
            None | Some(Content::Loading) if level == 1 => return,
            None | Some(Content::Loading) => note(RowBody::Loading),
            Some(Content::Gone) => note(RowBody::Gone),
            Some(Content::Failed(reason)) => note(RowBody::Failed(reason.clone())),
            Some(Content::Rows(rows)) => rows.iter().map(step).collect(),
            Some(Content::Groups(groups)) => groups.named().map(group).collect(),
        };
        let set_size = bodies.len();
        for (index, (path, body)) in bodies.into_iter().enumerate() {
            let side = if let RowBody::Listed(row) = &body { row.side(side) } else { side };
            let mut row = VisibleRow { path, side, level, position: index + 1, set_size, is_open: None, body };
            row.is_open = row.child_range().map(|_| self.open.contains(&row.path));
            self.add_row(row, filter, rows);
        }
    }

    fn add_row(&self, row: VisibleRow, filter: &str, rows: &mut Vec<VisibleRow>) {
        let (own_index, path, side, level) = (rows.len(), row.path.clone(), row.side, row.level);
        let (is_open, is_kept) = (row.is_open == Some(true), row.matches(filter));
        rows.push(row);
        if is_open {
            self.add_children(&path, side, level + 1, filter, rows);
        }
        if !is_kept && rows.len() == own_index + 1 {
            rows.pop();
        }
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
