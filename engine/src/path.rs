//! Paths through an image, as a person writes them (`_home.jobs[3].file`), and what could not be captured
//! by its path.

use std::collections::VecDeque;

use crate::image::{FunctionId, HeapImage, Opaque, TableId, Value};
use crate::show;

/// The longest key, in bytes, that is written whole.
const LONGEST_NAME: usize = 200;
/// The most steps of a path that are written.
const MOST_STEPS: usize = 100;

/// A value that an image stands in for, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Omission {
    /// Where, from the root: `_home.jobs[3].file`.
    pub path: String,
    /// What.
    pub kind: Opaque,
}

/// An object that can be walked through.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Table(TableId),
    Function(FunctionId),
}

/// One step from an object to a value in it.
#[derive(Clone, Copy, Debug)]
enum Path {
    /// To the n-th root; the start of every path.
    Root,
    /// To the value at a key.
    Key(Value),
    /// To a key that is itself an object.
    KeyItself,
    /// To the metatable.
    Metatable,
    /// To the n-th upvalue, from 0.
    Upvalue(usize),
}

/// Appends the step to the value at a key to a path.
pub fn write_key(image: &HeapImage, key: &Value, path: &mut String) {
    match key {
        Value::String(id) if show::is_name(&image[*id]) && image[*id].len() <= LONGEST_NAME => {
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

impl Path {
    /// Appends the step to a path. `function` is the one that the step leaves, if it is one.
    fn write(&self, image: &HeapImage, function: Option<FunctionId>, path: &mut String) {
        match self {
            Path::Root => {}
            Path::Key(key) => write_key(image, key, path),
            Path::KeyItself => path.push_str("[key]"),
            Path::Metatable => path.push_str("<metatable>"),
            Path::Upvalue(index) => {
                let name = function.and_then(|id| image.prototype_of(id).upvalue_names.get(*index)).unwrap_or("?");
                path.push_str(&format!("<upvalue {name}>"));
            }
        }
    }
}

impl HeapImage {
    /// The values that were met but could not be captured, each by one of the shortest paths to it: at most so
    /// many of them, and how many there are in all.
    pub fn omissions(&self, root_name: &str, most: usize) -> (Vec<Omission>, u64) {
        let mut omissions = Vec::new();
        let mut count = 0;
        // As a rule there is none, and no way to it need be looked for.
        if !self.all_values().any(|value| matches!(value, Value::Opaque(_))) {
            return (omissions, count);
        }
        self.walk(|_, parents, node, step, value| {
            if let Value::Opaque(kind) = value {
                count += 1;
                if omissions.len() < most {
                    omissions.push(Omission { path: self.path_of(root_name, parents, node, step), kind });
                }
            }
        });
        (omissions, count)
    }

    /// The wanted ones among the functions that have the globals table as their `_ENV`, each with one of the
    /// shortest paths to it: at most so many.
    pub fn global_users(
        &self,
        root_name: &str,
        most: usize,
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
        let mut met = vec![false; self.functions.len()];
        self.walk(|_, parents, node, step, value| {
            if let Value::Function(id) = value
                && users.len() < most
                && !std::mem::replace(&mut met[id.0 as usize], true)
                && is_wanted(id)
                && has_globals(id)
            {
                users.push((id, self.path_of(root_name, parents, node, step)));
            }
        });
        users
    }

    /// Visits every value once, breadth first, without recursion.
    fn walk(&self, mut visit: impl FnMut(&HeapImage, &Parents, Option<Node>, &Path, Value)) {
        let mut parents = Parents {
            tables: vec![None; self.tables.len()],
            functions: vec![None; self.functions.len()],
            cells: vec![false; self.cells.len()],
        };
        let mut queue = VecDeque::new();
        let mut meet = |parents: &mut Parents, queue: &mut VecDeque<Node>, node: Option<Node>, step: Path, value| {
            visit(self, parents, node, &step, value);
            let (parent, child) = match value {
                Value::Table(id) => (&mut parents.tables[id.0 as usize], Node::Table(id)),
                Value::Function(id) => (&mut parents.functions[id.0 as usize], Node::Function(id)),
                _ => return,
            };
            if parent.is_none() {
                *parent = Some((node, step));
                queue.push_back(child);
            }
        };
        for root in self.roots.iter() {
            meet(&mut parents, &mut queue, None, Path::Root, root);
        }
        while let Some(node) = queue.pop_front() {
            match node {
                Node::Table(id) => {
                    let table = self.table(id);
                    for (index, value) in table.sequence.iter().enumerate() {
                        meet(&mut parents, &mut queue, Some(node), Path::Key(Value::Integer(index as i64 + 1)), value);
                    }
                    for (key, value) in table.entries.iter() {
                        meet(&mut parents, &mut queue, Some(node), Path::KeyItself, key);
                        meet(&mut parents, &mut queue, Some(node), Path::Key(key), value);
                    }
                    meet(&mut parents, &mut queue, Some(node), Path::Metatable, table.metatable);
                }
                Node::Function(id) => {
                    for (index, cell) in self.cells_of(id).iter().enumerate() {
                        if !std::mem::replace(&mut parents.cells[cell.0 as usize], true) {
                            meet(&mut parents, &mut queue, Some(node), Path::Upvalue(index), self.cell(*cell));
                        }
                    }
                }
            }
        }
    }

    fn path_of(&self, root_name: &str, parents: &Parents, node: Option<Node>, step: &Path) -> String {
        let mut steps = vec![step];
        let mut nodes = vec![];
        let mut node = node;
        while let Some(here) = node
            && steps.len() <= MOST_STEPS
        {
            let parent = match here {
                Node::Table(id) => &parents.tables[id.0 as usize],
                Node::Function(id) => &parents.functions[id.0 as usize],
            };
            let Some((next, step)) = parent else { break };
            nodes.push(here);
            steps.push(step);
            node = *next;
        }
        let mut text = String::from(root_name);
        if node.is_some() {
            // The last steps tell the most.
            text.push('…');
        }
        for (step, node) in steps.iter().rev().skip(1).zip(nodes.iter().rev()) {
            let function = match node {
                Node::Function(id) => Some(*id),
                Node::Table(_) => None,
            };
            step.write(self, function, &mut text);
        }
        text
    }
}

/// For each object, the first object it was met in and how.
struct Parents {
    tables: Vec<Option<(Option<Node>, Path)>>,
    functions: Vec<Option<(Option<Node>, Path)>>,
    cells: Vec<bool>,
}
