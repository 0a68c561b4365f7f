//! The state of one tree: what is open, what was fetched, what changed.

use std::collections::{HashMap, HashSet};

use wire::{Row, Step, Summary};

use super::{
    range::{PAGE, Range},
    row::{Answer, Line, NodePath, Part, RowBody, Side, VisibleRow, child, steps},
};

/// A question to the worker, and the node that its answer belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The node to be filled.
    pub node: NodePath,
    /// In which state its children are to be listed.
    pub side: Side,
    /// The steps to the value.
    pub steps: Vec<Step>,
    /// Which of its children.
    pub range: Range,
}

/// What is known of an open node's inside.
#[derive(Clone, Debug)]
enum Content {
    Loading,
    Lines(Vec<Line>),
    Groups(Vec<Range>),
    Gone,
    Failed(String),
}

/// A node that can be opened.
struct Openable {
    node: NodePath,
    side: Side,
    range: Range,
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
        let lines = rows.into_iter().map(Line::Value).collect();
        TreeModel { contents: HashMap::from([(Vec::new(), Content::Lines(lines))]), ..TreeModel::default() }
    }

    /// Begins to fetch everything visible anew; the answers bring further queries.
    pub fn refresh(&mut self) -> Vec<Query> {
        self.refresh_count += 1;
        self.is_refreshing = true;
        vec![Query { node: Vec::new(), side: Side::Both, steps: Vec::new(), range: Range { start: 0, end: PAGE } }]
    }

    /// Takes a value as the only row of the first level, open at first; what is open inside is fetched anew.
    pub fn show(&mut self, value: Summary) -> Vec<Query> {
        let row = Row { step: Step::Result(0), label: String::new(), value };
        let path = vec![Part::Step(row.step.clone())];
        if !self.contents.contains_key(&path) {
            self.open.insert(path);
        }
        let answer = Answer { child_count: 1, lines: vec![Line::Value(row)] };
        self.refresh().into_iter().flat_map(|query| self.receive(query, Some(answer.clone()))).collect()
    }

    /// Whether the last refresh has not been answered yet.
    pub fn is_refreshing(&self) -> bool {
        self.is_refreshing
    }

    /// Whether the root was fetched and has no children.
    pub fn is_known_empty(&self) -> bool {
        matches!(self.contents.get(&Vec::new()), Some(Content::Lines(lines)) if lines.is_empty())
    }

    /// Whether nothing is known of the root yet.
    pub fn is_loading(&self) -> bool {
        matches!(self.contents.get(&Vec::new()), None | Some(Content::Loading))
    }

    /// Opens a node.
    pub fn open(&mut self, row: &VisibleRow) -> Vec<Query> {
        let Some(range) = row.inside() else { return Vec::new() };
        self.open.insert(row.path.clone());
        self.load(Openable { node: row.path.clone(), side: row.side, range })
    }

    /// Closes a node. What is open inside is open again when it is.
    pub fn close(&mut self, path: &NodePath) {
        self.open.remove(path);
    }

    /// Takes an answer. `None`: there is no such value any more.
    pub fn receive(&mut self, query: Query, answer: Option<Answer>) -> Vec<Query> {
        let Query { node, side, .. } = query;
        if node.is_empty() {
            self.is_refreshing = false;
        }
        let Some(answer) = answer else {
            self.contents.insert(node, Content::Gone);
            return Vec::new();
        };
        let is_group = matches!(node.last(), Some(Part::Range(_)));
        if !is_group && answer.child_count > PAGE {
            return self.load(Openable { node, side, range: Range { start: 0, end: answer.child_count } });
        }
        if let Some(Content::Lines(before)) = self.contents.get(&node) {
            let changed = changed_steps(before, &answer.lines);
            let count = self.refresh_count;
            self.changed.extend(changed.into_iter().map(|step| (child(&node, Part::Step(step)), count)));
        }
        let openable = |line: &Line| {
            let node = child(&node, Part::Step(line.step().clone()));
            line.inside().map(|range| Openable { node, side: line.side(side), range })
        };
        let inside: Vec<_> = answer.lines.iter().filter_map(openable).collect();
        self.contents.insert(node, Content::Lines(answer.lines));
        self.load_open(inside)
    }

    /// Takes the reason why there is no answer.
    pub fn fail(&mut self, node: NodePath, reason: String) {
        if node.is_empty() {
            self.is_refreshing = false;
        }
        self.contents.insert(node, Content::Failed(reason));
    }

    /// Fills a node with the children in this range: by groups, or by asking.
    fn load(&mut self, inside: Openable) -> Vec<Query> {
        let Openable { node, side, range } = inside;
        if range.len() <= PAGE {
            if !matches!(self.contents.get(&node), Some(Content::Lines(_))) {
                self.contents.insert(node.clone(), Content::Loading);
            }
            return vec![Query { steps: steps(&node), node, side, range }];
        }
        let groups = range.groups();
        let openable = |group: &Range| Openable { node: child(&node, Part::Range(*group)), side, range: *group };
        let inside = groups.iter().map(openable).collect();
        self.contents.insert(node, Content::Groups(groups));
        self.load_open(inside)
    }

    fn load_open(&mut self, nodes: Vec<Openable>) -> Vec<Query> {
        let mut queries = Vec::new();
        for inside in nodes {
            if self.open.contains(&inside.node) {
                queries.extend(self.load(inside));
            }
        }
        queries
    }

    /// The lines to show. With a filter: those that contain it and those on the way to them.
    pub fn visible_rows(&self, filter: &str) -> Vec<VisibleRow> {
        let mut rows = Vec::new();
        self.add_inside(&Vec::new(), Side::Both, 1, &filter.to_lowercase(), &mut rows);
        rows
    }

    fn add_inside(&self, node: &NodePath, side: Side, level: usize, filter: &str, rows: &mut Vec<VisibleRow>) {
        let step = |line: &Line| (child(node, Part::Step(line.step().clone())), RowBody::Line(line.clone()));
        let group = |group: &Range| (child(node, Part::Range(*group)), RowBody::Group(*group));
        let note = |body| vec![(child(node, Part::Note), body)];
        let bodies: Vec<_> = match self.contents.get(node) {
            None | Some(Content::Loading) if level == 1 => return,
            None | Some(Content::Loading) => note(RowBody::Loading),
            Some(Content::Gone) => note(RowBody::Gone),
            Some(Content::Failed(reason)) => note(RowBody::Failed(reason.clone())),
            Some(Content::Lines(lines)) => lines.iter().map(step).collect(),
            Some(Content::Groups(groups)) => groups.iter().map(group).collect(),
        };
        let set_size = bodies.len();
        for (index, (path, body)) in bodies.into_iter().enumerate() {
            let side = if let RowBody::Line(line) = &body { line.side(side) } else { side };
            let changed_in = self.changed.get(&path).copied();
            let mut row =
                VisibleRow { path, side, level, position: index + 1, set_size, is_open: None, changed_in, body };
            row.is_open = row.inside().map(|_| self.open.contains(&row.path));
            self.add_row(row, filter, rows);
        }
    }

    fn add_row(&self, row: VisibleRow, filter: &str, rows: &mut Vec<VisibleRow>) {
        let (own_index, path, side, level) = (rows.len(), row.path.clone(), row.side, row.level);
        let (is_open, is_kept) = (row.is_open == Some(true), row.matches(filter));
        rows.push(row);
        if is_open {
            self.add_inside(&path, side, level + 1, filter, rows);
        }
        if !is_kept && rows.len() == own_index + 1 {
            rows.pop();
        }
    }
}

/// Steps whose value reads otherwise than before, or is new.
fn changed_steps(before: &[Line], after: &[Line]) -> Vec<Step> {
    // Where nothing was, everything is new, and marking it would say nothing.
    if before.is_empty() {
        return Vec::new();
    }
    let old: HashMap<_, _> = before.iter().map(|line| (line.step(), line)).collect();
    let is_changed = |line: &&Line| old.get(line.step()).is_none_or(|old| !old.reads_like(line));
    after.iter().filter(is_changed).map(|line| line.step().clone()).collect()
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
