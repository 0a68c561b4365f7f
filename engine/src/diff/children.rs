//! The children of two objects, side by side.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::iter::Peekable;

use wire::Step;

use crate::image::{FunctionId, HeapImage, Table, TableId, Value};
use crate::{inspect, show};

/// A child of one object or of both.
pub struct Child {
    place: Place,
    /// The earlier value, if there is one.
    pub before: Option<Value>,
    /// The later value, if there is one.
    pub after: Option<Value>,
}

/// Where a child is, in the later object if it is there, else in the earlier one.
enum Place {
    /// At a key. If that is an object, it is known by its number among the table's entries.
    Key(Value, u32),
    Metatable,
    /// Its number from 0, and its name.
    Upvalue(u32, String),
}

impl Child {
    /// Whether this is the child that a step leads to.
    pub fn is_at(&self, step: &Step, image: &HeapImage) -> bool {
        match (&self.place, step) {
            (Place::Metatable, Step::Metatable) => true,
            (Place::Upvalue(index, _), Step::Upvalue(wanted)) => index == wanted,
            (Place::Key(key, number), Step::Key(wanted)) => inspect::key(image, key, *number) == *wanted,
            _ => false,
        }
    }

    /// The step that leads here, the label, and for a child with a name of its own that name. `image` is the one
    /// that the place is in.
    pub fn names(&self, image: &HeapImage) -> (Step, String, Option<String>) {
        match &self.place {
            Place::Metatable => (Step::Metatable, "metatable".into(), None),
            Place::Upvalue(index, name) => (Step::Upvalue(*index), format!("upvalue {name}"), Some(name.clone())),
            Place::Key(key, number) => {
                let label = show::key(image, key);
                let name = Some(&label).filter(|label| !label.starts_with('[')).cloned();
                (Step::Key(inspect::key(image, key, *number)), label, name)
            }
        }
    }
}

/// The children of two tables in the order of their keys, the metatable last.
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
    let metatable = Child { place: Place::Metatable, before: present(old.metatable), after: present(new.metatable) };
    let has_metatable = metatable.before.is_some() || metatable.after.is_some();
    at_keys.chain(has_metatable.then_some(metatable))
}

/// The upvalues of two functions, by their names.
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
            place: Place::Upvalue(index, name.into()),
            before: olds.remove(&(name, occurrence)).map(|(_, value)| value),
            after: Some(value),
        })
        .collect();
    let mut removed: Vec<_> = olds.into_iter().collect();
    removed.sort_unstable_by_key(|(_, (index, _))| *index);
    children.extend(removed.into_iter().map(|((name, _), (index, value))| Child {
        place: Place::Upvalue(index, name.into()),
        before: Some(value),
        after: None,
    }));
    children.into_iter()
}

/// Each upvalue with its name and how many others of that name come before it, its number, and its value.
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

/// A table's keys, their numbers, and the values, in the order of keys: also those of the sequence, which
/// in the other table may be no sequence.
fn entries<'a>(image: &'a HeapImage, table: Table<'a>) -> Peekable<impl Iterator<Item = Entry> + 'a> {
    let (mut position, mut number) = (0, 0);
    let next = move || {
        let in_sequence = table.sequence.get(position).map(|value| (Value::Integer(position as i64 + 1), 0, value));
        let entry = table.entries.get(number).map(|(key, value)| (key, number as u32, value));
        let is_entry = match (&in_sequence, &entry) {
            (Some(first), Some(second)) => image.compare_keys(&second.0, &first.0).is_lt(),
            (first, _) => first.is_none(),
        };
        if is_entry {
            number += 1;
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
    let (key, number, _) = new.or(old)?;
    let value = |(_, _, value): Entry| value;
    Some(Child { place: Place::Key(key, number), before: old.map(value), after: new.map(value) })
}
