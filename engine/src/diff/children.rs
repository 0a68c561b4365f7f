//! The children of two objects, matched by key or name.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::iter::Peekable;

use wire::Step;

use crate::image::{FunctionId, HeapImage, NativeId, Table, TableId, Value};
use crate::{inspect, show};

/// A child of one object or of both.
pub struct Child {
    position: Position,
    /// The earlier value, if there is one.
    pub before: Option<Value>,
    /// The later value, if there is one.
    pub after: Option<Value>,
}

/// Where a child is: in the later object if that has it, otherwise in the earlier one.
enum Position {
    /// At a key, with its index among the table's entries, which identifies a key that is an object.
    Key(Value, u32),
    Metatable,
    /// Its index and its name.
    Upvalue(u32, String),
    /// A slot of a native object.
    Slot(u32),
}

impl Child {
    /// Whether a step leads to this child.
    pub fn is_at(&self, step: &Step, image: &HeapImage) -> bool {
        match (&self.position, step) {
            (Position::Metatable, Step::Metatable) => true,
            (Position::Upvalue(index, _) | Position::Slot(index), Step::Upvalue(wanted)) => index == wanted,
            (Position::Key(key, index), Step::Key(wanted)) => inspect::key(image, key, *index) == *wanted,
            _ => false,
        }
    }

    /// Returns the step to this child, its label, and its name if it has one. `image` is the one that `position`
    /// refers to.
    pub fn names(&self, image: &HeapImage) -> (Step, String, Option<String>) {
        match &self.position {
            Position::Metatable => (Step::Metatable, "metatable".into(), None),
            Position::Upvalue(index, name) => (Step::Upvalue(*index), format!("upvalue {name}"), Some(name.clone())),
            Position::Slot(index) => (Step::Upvalue(*index), format!("slot {}", index + 1), None),
            Position::Key(key, index) => {
                let label = show::key(image, key);
                let name = Some(&label).filter(|label| !label.starts_with('[')).cloned();
                (Step::Key(inspect::key(image, key, *index)), label, name)
            }
        }
    }
}

/// The children of two tables, in key order, then the metatable.
pub fn of_tables<'a>(
    before: &'a HeapImage,
    old: TableId,
    after: &'a HeapImage,
    new: TableId,
) -> impl Iterator<Item = Child> + 'a {
    let (old, new) = (before.table(old), after.table(new));
    let (mut olds, mut news) = (entries(before, old), entries(after, new));
    let at_keys = std::iter::from_fn(move || next_of_both(before, &mut olds, after, &mut news));
    let present = |metatable: Value| Some(metatable).filter(|metatable| *metatable != Value::Nil);
    let metatable =
        Child { position: Position::Metatable, before: present(old.metatable), after: present(new.metatable) };
    let has_metatable = metatable.before.is_some() || metatable.after.is_some();
    at_keys.chain(has_metatable.then_some(metatable))
}

/// The upvalues of two functions, matched by name.
pub fn of_functions<'a>(
    before: &'a HeapImage,
    old: FunctionId,
    after: &'a HeapImage,
    new: FunctionId,
) -> impl Iterator<Item = Child> + 'a {
    let (old, new) = (upvalues(before, old), upvalues(after, new));
    let mut olds: HashMap<(&str, u32), (u32, Value)> = old.map(|(key, index, value)| (key, (index, value))).collect();
    let mut children: Vec<Child> = new
        .map(|((name, occurrence), index, value)| Child {
            position: Position::Upvalue(index, name.into()),
            before: olds.remove(&(name, occurrence)).map(|(_, value)| value),
            after: Some(value),
        })
        .collect();
    let mut removed: Vec<_> = olds.into_iter().collect();
    lua::sort_seldom(&mut removed, |(_, (a, _)), (_, (b, _))| a.cmp(b));
    children.extend(removed.into_iter().map(|((name, _), (index, value))| Child {
        position: Position::Upvalue(index, name.into()),
        before: Some(value),
        after: None,
    }));
    children.into_iter()
}

/// Whether two native objects can only differ in what is in their slots: they are as far.
pub fn are_alike(before: &HeapImage, old: NativeId, after: &HeapImage, new: NativeId) -> bool {
    let (old, new) = (before.native(old), after.native(new));
    old.kind == new.kind && old.len() == new.len() && old.numbers == new.numbers
}

/// The slots of two native objects that are alike.
pub fn of_natives<'a>(
    before: &'a HeapImage,
    old: NativeId,
    after: &'a HeapImage,
    new: NativeId,
) -> impl Iterator<Item = Child> + 'a {
    let pairs = before.native(old).iter().zip(after.native(new).iter());
    pairs.zip(0..).map(|((old, new), index)| Child {
        position: Position::Slot(index),
        before: Some(old),
        after: Some(new),
    })
}

/// For each upvalue: its name together with its occurrence among upvalues of that name, its index, and its value.
fn upvalues(image: &HeapImage, id: FunctionId) -> impl Iterator<Item = ((&str, u32), u32, Value)> {
    let mut met: HashMap<&str, u32> = HashMap::new();
    let names = image.prototype_of(id).upvalue_names.iter();
    names.zip(image.cells_of(id)).enumerate().map(move |(index, (name, cell))| {
        let occurrences = met.entry(name).or_default();
        *occurrences += 1;
        ((name, *occurrences), index as u32, image.cell(*cell))
    })
}

type Entry = (Value, u32, Value);

/// A table's keys, their entry indices, and the values, in key order. The sequence is included, since the same keys
/// may be ordinary entries in the other table.
fn entries<'a>(image: &'a HeapImage, table: Table<'a>) -> Peekable<impl Iterator<Item = Entry> + 'a> {
    let (mut position, mut index) = (0, 0);
    let next = move || {
        let in_sequence = table.sequence.get(position).map(|value| (Value::Integer(position as i64 + 1), 0, value));
        let entry = table.entries.get(index).map(|(key, value)| (key, index as u32, value));
        let is_entry = match (&in_sequence, &entry) {
            (Some(first), Some(second)) => image.compare_keys(&second.0, &first.0).is_lt(),
            (first, _) => first.is_none(),
        };
        if is_entry {
            index += 1;
            entry
        } else {
            position += 1;
            in_sequence
        }
    };
    std::iter::from_fn(next).peekable()
}

fn next_of_both(
    before: &HeapImage,
    olds: &mut Peekable<impl Iterator<Item = Entry>>,
    after: &HeapImage,
    news: &mut Peekable<impl Iterator<Item = Entry>>,
) -> Option<Child> {
    let order = match (olds.peek(), news.peek()) {
        (None, None) => return None,
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (Some((old, ..)), Some((new, ..))) => before.compare_key_with(old, after, new),
    };
    let old = if order.is_le() { olds.next() } else { None };
    let new = if order.is_ge() { news.next() } else { None };
    let (key, index, _) = new.or(old)?;
    let value = |(_, _, value): Entry| value;
    Some(Child { position: Position::Key(key, index), before: old.map(value), after: new.map(value) })
}
