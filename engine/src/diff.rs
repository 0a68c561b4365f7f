//! The differences between two images, found by walking both from their roots by the same steps.
//!
//! Two objects that are reached by the same steps form a pair. A pair is compared once, however often it is reached.
//! The total work is bounded, because two hostile graphs of a thousand objects each can form a million pairs.

mod children;
mod code;
mod parts;
mod since;
mod source;

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::rc::Rc;

use wire::{Change, DiffListing, DiffRow, DiffTotals, SourceDiff, Step};

use crate::image::{FunctionId, HeapImage, NativeId, TableId, Value};
use crate::inspect::Inspection;
use crate::slices::{Slices, Withdrawn};
use children::Child;
use code::Code;

pub use since::mark;
pub use source::compare_texts;

/// The maximum number of rows in one listing.
const MAX_ROWS: u32 = 1000;
/// How often, on average, each value of both images may be visited.
const VISITS_PER_VALUE: u64 = 4;

/// Two objects that are reached by the same steps.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Pair {
    Tables(TableId, TableId),
    Functions(FunctionId, FunctionId),
    /// Native objects that do not differ but for what is in their slots.
    Natives(NativeId, NativeId),
}

/// What is known about a pair.
struct Node {
    pair: Pair,
    /// The children that differ; until the comparison is finished, also those that may differ.
    rows: Vec<Difference>,
    is_source_changed: bool,
}

/// A child that differs.
struct Difference {
    child: Child,
    /// The node that holds the differences, if the child is the same kind of object on both sides.
    node: Option<u32>,
}

/// Two images compared.
pub struct Diff {
    before: Rc<Inspection>,
    after: Rc<Inspection>,
    /// The pair that was compared comes first.
    nodes: Vec<Node>,
    totals: DiffTotals,
    is_complete: bool,
}

/// A comparison in progress.
struct Comparison<'a> {
    before: &'a Inspection,
    after: &'a Inspection,
    code: Code<'a>,
    nodes: Vec<Node>,
    known: HashMap<Pair, u32>,
    to_visit: VecDeque<u32>,
    visits_left: u64,
    is_complete: bool,
}

impl Diff {
    /// Compares the first roots of two images. Returns `None` unless both are tables, or both functions.
    pub async fn new(
        before: Rc<Inspection>,
        after: Rc<Inspection>,
        slices: &Slices,
    ) -> Result<Option<Diff>, Withdrawn> {
        match (before.image().roots.first(), after.image().roots.first()) {
            (Some(old), Some(new)) => Diff::of(before, old, after, new, slices).await,
            _ => Ok(None),
        }
    }

    /// Compares two values of two images. Returns `None` unless both are tables, or both functions.
    pub async fn of(
        before: Rc<Inspection>,
        old: Value,
        after: Rc<Inspection>,
        new: Value,
        slices: &Slices,
    ) -> Result<Option<Diff>, Withdrawn> {
        let pair = match (old, new) {
            (Value::Table(old), Value::Table(new)) => Pair::Tables(old, new),
            (Value::Function(old), Value::Function(new)) => Pair::Functions(old, new),
            _ => return Ok(None),
        };
        // In a box, so that its code is there once, and not with each caller.
        let compared: Pin<Box<dyn Future<Output = Result<Diff, Withdrawn>> + '_>> =
            Box::pin(Diff::of_pair(before, after, pair, slices));
        compared.await.map(Some)
    }

    async fn of_pair(
        before: Rc<Inspection>,
        after: Rc<Inspection>,
        pair: Pair,
        slices: &Slices,
    ) -> Result<Diff, Withdrawn> {
        let values = before.image().value_count() + after.image().value_count();
        let mut comparison = Comparison {
            before: &before,
            after: &after,
            code: Code::new(before.image(), after.image()),
            nodes: Vec::new(),
            known: HashMap::new(),
            to_visit: VecDeque::new(),
            visits_left: 1000 + VISITS_PER_VALUE * values,
            is_complete: true,
        };
        comparison.node_of(pair);
        while let Some(node) = comparison.to_visit.pop_front() {
            comparison.visit(node, slices).await?;
        }
        let is_complete = comparison.is_complete;
        let mut nodes = comparison.nodes;
        keep_different(&mut nodes);
        let totals = totals(&nodes);
        Ok(Diff { before, after, nodes, totals, is_complete })
    }

    /// How many differences there are in all.
    pub fn totals(&self) -> DiffTotals {
        self.totals
    }

    /// Whether this compares these two images.
    pub fn is_of(&self, before: &Rc<Inspection>, after: &Rc<Inspection>) -> bool {
        Rc::ptr_eq(&self.before, before) && Rc::ptr_eq(&self.after, after)
    }

    /// Lists the children that differ in the pair at a path. Returns `None` if no pair is there.
    pub fn list(&self, path: &[Step], offset: u32, limit: u32) -> Option<DiffListing> {
        let node = self.find(path)?;
        let row_count = node.rows.len() as u32;
        let end = offset.saturating_add(limit.min(MAX_ROWS)).min(row_count);
        let rows = node.rows.get(offset.min(end) as usize..end as usize).unwrap_or_default();
        let rows = rows.iter().map(|row| self.row(row)).collect();
        Some(DiffListing { totals: self.totals, is_complete: self.is_complete, row_count, offset, rows })
    }

    /// Compares the source texts of the pair of functions at a path.
    pub async fn sources(&self, path: &[Step], slices: &Slices) -> Result<Option<SourceDiff>, Withdrawn> {
        let Some(Node { pair: Pair::Functions(before, after), .. }) = self.find(path) else { return Ok(None) };
        source::compare(self.before.source_of(*before), self.after.source_of(*after), slices).await.map(Some)
    }

    fn find(&self, path: &[Step]) -> Option<&Node> {
        path.iter().try_fold(self.nodes.first()?, |node, step| {
            let row = node.rows.iter().find(|row| row.node.is_some() && row.child.is_at(step, self.after.image()))?;
            self.nodes.get(row.node? as usize)
        })
    }

    fn row(&self, difference: &Difference) -> DiffRow {
        let Difference { child, node } = difference;
        let node = node.and_then(|node| self.nodes.get(node as usize));
        let side = if child.after.is_some() { &self.after } else { &self.before };
        let (step, label, name) = child.names(side.image());
        let change = match (child.before, child.after) {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            _ if node.is_some() => Change::Inside,
            _ => Change::Changed,
        };
        DiffRow {
            step,
            label,
            change,
            before: child.before.map(|value| self.before.summary(value, &[], name.as_deref())),
            after: child.after.map(|value| self.after.summary(value, &[], name.as_deref())),
            child_count: node.map_or(0, |node| node.rows.len() as u32),
            is_source_changed: node.is_some_and(|node| node.is_source_changed),
        }
    }
}

impl Comparison<'_> {
    /// Returns the node of a pair, and queues a new one for a visit. Returns `None` once the visits are used up.
    fn node_of(&mut self, pair: Pair) -> Option<u32> {
        if let Some(node) = self.known.get(&pair) {
            return Some(*node);
        }
        if self.visits_left == 0 {
            self.is_complete = false;
            return None;
        }
        let node = self.nodes.len() as u32;
        self.known.insert(pair, node);
        self.nodes.push(Node { pair, rows: Vec::new(), is_source_changed: false });
        self.to_visit.push_back(node);
        Some(node)
    }

    async fn visit(&mut self, node: u32, slices: &Slices) -> Result<(), Withdrawn> {
        let (before, after) = (self.before.image(), self.after.image());
        let rows = match self.nodes[node as usize].pair {
            Pair::Tables(old, new) => self.compare_all(children::of_tables(before, old, after, new), slices).await?,
            Pair::Functions(old, new) => {
                self.nodes[node as usize].is_source_changed = !self.code.is_same(old, new);
                self.compare_all(children::of_functions(before, old, after, new), slices).await?
            }
            Pair::Natives(old, new) => self.compare_all(children::of_natives(before, old, after, new), slices).await?,
        };
        self.nodes[node as usize].rows = rows;
        Ok(())
    }

    /// Returns the children that differ or may differ.
    async fn compare_all(
        &mut self,
        children: impl Iterator<Item = Child>,
        slices: &Slices,
    ) -> Result<Vec<Difference>, Withdrawn> {
        let mut rows = Vec::new();
        let mut visits = 1;
        for child in children {
            if slices.is_over(1) {
                slices.begin_next().await?;
            }
            visits += 1;
            rows.extend(self.compare(child));
        }
        self.visits_left = self.visits_left.saturating_sub(visits);
        Ok(rows)
    }

    /// Returns a child that differs or may differ, or `None` if its value is the same in both.
    fn compare(&mut self, child: Child) -> Option<Difference> {
        let (Some(old), Some(new)) = (child.before, child.after) else {
            return Some(Difference { child, node: None });
        };
        let (before, after) = (self.before.image(), self.after.image());
        let is_same = match (old, new) {
            (Value::Table(old), Value::Table(new)) => {
                return Some(Difference { child, node: self.node_of(Pair::Tables(old, new)) });
            }
            (Value::Function(old), Value::Function(new)) => {
                return Some(Difference { child, node: self.node_of(Pair::Functions(old, new)) });
            }
            (Value::Native(old), Value::Native(new)) if children::are_alike(before, old, after, new) => {
                return Some(Difference { child, node: self.node_of(Pair::Natives(old, new)) });
            }
            (old, new) => is_same_leaf(before, old, after, new),
        };
        (!is_same).then_some(Difference { child, node: None })
    }
}

/// Whether two values are equal that are not the same kind of object.
pub fn is_same_leaf(before: &HeapImage, old: Value, after: &HeapImage, new: Value) -> bool {
    match (old, new) {
        (Value::String(old), Value::String(new)) => before[old] == after[new],
        (Value::Permanent(old), Value::Permanent(new)) => before[old] == after[new],
        (Value::Table(_) | Value::Function(_) | Value::Native(_) | Value::String(_) | Value::Permanent(_), _) => false,
        (old, new) => old == new,
    }
}

/// Drops the rows whose objects turned out to be equal. This is known only after all pairs are compared: a difference
/// in a node is propagated to every node that leads to it.
fn keep_different(nodes: &mut [Node]) {
    let mut edges: Vec<(u32, u32)> = Vec::new();
    let mut is_different = vec![false; nodes.len()];
    let mut to_visit = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        edges.extend(node.rows.iter().filter_map(|row| row.node).map(|child| (child, index as u32)));
        if node.is_source_changed || node.rows.iter().any(|row| row.node.is_none()) {
            is_different[index] = true;
            to_visit.push(index as u32);
        }
    }
    edges.sort_unstable();
    while let Some(node) = to_visit.pop() {
        let start = edges.partition_point(|(child, _)| *child < node);
        for (_, parent) in edges[start..].iter().take_while(|(child, _)| *child == node) {
            if !std::mem::replace(&mut is_different[*parent as usize], true) {
                to_visit.push(*parent);
            }
        }
    }
    for node in nodes {
        node.rows.retain(|row| row.node.is_none_or(|child| is_different[child as usize]));
    }
}

fn totals(nodes: &[Node]) -> DiffTotals {
    let mut totals = DiffTotals::default();
    for node in nodes {
        totals.changed += u64::from(node.is_source_changed);
        for row in node.rows.iter().filter(|row| row.node.is_none()) {
            match (row.child.before, row.child.after) {
                (None, _) => totals.added += 1,
                (_, None) => totals.removed += 1,
                _ => totals.changed += 1,
            }
        }
    }
    totals
}
