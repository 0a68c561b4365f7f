//! Paths through an image in Lua notation (`_home.jobs[3].file`), and the paths of values that could not be captured.

use std::collections::VecDeque;

use crate::image::{FunctionId, HeapImage, NativeId, Opaque, TableId, Value};
use crate::show;

/// The longest key, in bytes, that is written in full.
const MAX_NAME_BYTES: usize = 200;
/// How many steps of a path are written.
const MAX_STEPS: usize = 100;

/// A value that could not be captured, and where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Omission {
    /// Its path from the root: `_home.jobs[3].file`.
    pub path: String,
    /// What kind of value it was.
    pub kind: Opaque,
}

/// An object that has children.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Table(TableId),
    Function(FunctionId),
    Native(NativeId),
}

/// One step from an object to a value in it.
#[derive(Clone, Copy, Debug)]
enum PathStep {
    /// To a root: the start of every path.
    Root,
    /// To the value at a key.
    Key(Value),
    /// To a key that is an object itself.
    KeyItself,
    /// To the metatable.
    Metatable,
    /// To the upvalue at an index.
    Upvalue(usize),
    /// To the value in a slot of a native object.
    Slot(usize),
}

/// Appends a key to a path: `.name` or `[key]`.
pub fn write_key(image: &HeapImage, key: &Value, path: &mut String) {
    match key {
        Value::String(id) if show::is_name(&image[*id]) && image[*id].len() <= MAX_NAME_BYTES => {
            path.push('.');
            path.push_str(&String::from_utf8_lossy(&image[*id]));
        }
        key => {
            path.push('[');
            path.push_str(&show::value(image, key));
            path.push(']');
        }
    }
}

impl PathStep {
    /// Appends this step to a path. `function` is the parent, if that is a function.
    fn write(&self, image: &HeapImage, function: Option<FunctionId>, path: &mut String) {
        match self {
            PathStep::Root => {}
            PathStep::Key(key) => write_key(image, key, path),
            PathStep::KeyItself => path.push_str("[key]"),
            PathStep::Metatable => path.push_str("<metatable>"),
            PathStep::Upvalue(index) => {
                let name = function.and_then(|id| image.prototype_of(id).upvalue_names.get(*index)).unwrap_or("?");
                path.push_str(&format!("<upvalue {name}>"));
            }
            PathStep::Slot(index) => path.push_str(&format!("<slot {}>", index + 1)),
        }
    }
}

impl HeapImage {
    /// How many values could not be captured.
    pub fn omission_count(&self) -> u64 {
        self.omissions("", 0).1
    }

    /// Lists the values that could not be captured, each with one of the shortest paths to it. Returns at most `limit`
    /// of them, and how many there are in total.
    pub fn omissions(&self, root_name: &str, limit: usize) -> (Vec<Omission>, u64) {
        let mut omissions = Vec::new();
        let mut count = 0;
        // Usually there are none, and no paths need to be searched for.
        if !self.all_values().any(|value| matches!(value, Value::Opaque(_))) {
            return (omissions, count);
        }
        self.walk(|_, parents, node, step, value| {
            if let Value::Opaque(kind) = value {
                count += 1;
                if omissions.len() < limit {
                    omissions.push(Omission { path: self.path_of(root_name, parents, node, step), kind });
                }
            }
        });
        (omissions, count)
    }

    /// Lists the functions that have the globals table as their `_ENV` and satisfy `is_wanted`, each with one of the
    /// shortest paths to it. Returns at most `limit` of them.
    pub fn global_users(
        &self,
        root_name: &str,
        limit: usize,
        is_wanted: impl Fn(FunctionId) -> bool,
    ) -> Vec<(FunctionId, String)> {
        let has_globals = |id: FunctionId| {
            let mut upvalues = self.prototype_of(id).upvalue_names.iter().zip(self.cells_of(id));
            upvalues.any(|(name, cell)| {
                name == "_ENV" && matches!(self.cell(*cell), Value::Permanent(permanent) if &self[permanent] == "_G")
            })
        };
        let mut users = Vec::new();
        if !(0..self.functions.len() as u32).any(|id| is_wanted(FunctionId(id))) {
            return users;
        }
        let mut visited = vec![false; self.functions.len()];
        self.walk(|_, parents, node, step, value| {
            if let Value::Function(id) = value
                && users.len() < limit
                && !std::mem::replace(&mut visited[id.0 as usize], true)
                && is_wanted(id)
                && has_globals(id)
            {
                users.push((id, self.path_of(root_name, parents, node, step)));
            }
        });
        users
    }

    /// Visits every value once, breadth first, without recursion.
    fn walk(&self, mut visit: impl FnMut(&HeapImage, &Parents, Option<Node>, &PathStep, Value)) {
        let mut parents = Parents {
            tables: vec![None; self.tables.len()],
            functions: vec![None; self.functions.len()],
            natives: vec![None; self.natives.len()],
            cells: vec![false; self.cells.len()],
        };
        let mut queue = VecDeque::new();
        let mut reach =
            |parents: &mut Parents, queue: &mut VecDeque<Node>, node: Option<Node>, step: PathStep, value| {
                visit(self, parents, node, &step, value);
                let (parent, child) = match value {
                    Value::Table(id) => (&mut parents.tables[id.0 as usize], Node::Table(id)),
                    Value::Function(id) => (&mut parents.functions[id.0 as usize], Node::Function(id)),
                    Value::Native(id) => (&mut parents.natives[id.0 as usize], Node::Native(id)),
                    _ => return,
                };
                if parent.is_none() {
                    *parent = Some((node, step));
                    queue.push_back(child);
                }
            };
        for root in self.roots.iter() {
            reach(&mut parents, &mut queue, None, PathStep::Root, root);
        }
        while let Some(node) = queue.pop_front() {
            match node {
                Node::Table(id) => {
                    let table = self.table(id);
                    for (index, value) in table.sequence.iter().enumerate() {
                        reach(
                            &mut parents,
                            &mut queue,
                            Some(node),
                            PathStep::Key(Value::Integer(index as i64 + 1)),
                            value,
                        );
                    }
                    for (key, value) in table.entries.iter() {
                        reach(&mut parents, &mut queue, Some(node), PathStep::KeyItself, key);
                        reach(&mut parents, &mut queue, Some(node), PathStep::Key(key), value);
                    }
                    reach(&mut parents, &mut queue, Some(node), PathStep::Metatable, table.metatable);
                }
                Node::Function(id) => {
                    for (index, cell) in self.cells_of(id).iter().enumerate() {
                        if !std::mem::replace(&mut parents.cells[cell.0 as usize], true) {
                            reach(&mut parents, &mut queue, Some(node), PathStep::Upvalue(index), self.cell(*cell));
                        }
                    }
                }
                Node::Native(id) => {
                    for (index, value) in self.native(id).iter().enumerate() {
                        reach(&mut parents, &mut queue, Some(node), PathStep::Slot(index), value);
                    }
                }
            }
        }
    }

    fn path_of(&self, root_name: &str, parents: &Parents, node: Option<Node>, step: &PathStep) -> String {
        let mut steps = vec![step];
        let mut nodes = vec![];
        let mut node = node;
        while let Some(here) = node
            && steps.len() <= MAX_STEPS
        {
            let parent = match here {
                Node::Table(id) => &parents.tables[id.0 as usize],
                Node::Function(id) => &parents.functions[id.0 as usize],
                Node::Native(id) => &parents.natives[id.0 as usize],
            };
            let Some((next, step)) = parent else { break };
            nodes.push(here);
            steps.push(step);
            node = *next;
        }
        let mut text = String::from(root_name);
        if node.is_some() {
            // The last steps are the most informative.
            text.push('…');
        }
        for (step, node) in steps.iter().rev().skip(1).zip(nodes.iter().rev()) {
            let function = match node {
                Node::Function(id) => Some(*id),
                Node::Table(_) | Node::Native(_) => None,
            };
            step.write(self, function, &mut text);
        }
        text
    }
}

/// For each object, the parent that it was first reached from and the step that led to it.
struct Parents {
    tables: Vec<Option<(Option<Node>, PathStep)>>,
    functions: Vec<Option<(Option<Node>, PathStep)>>,
    natives: Vec<Option<(Option<Node>, PathStep)>>,
    cells: Vec<bool>,
}
