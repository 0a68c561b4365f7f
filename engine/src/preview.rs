//! A value in one line: a table with the name of its class, and with its first entries or with what its items have in
//! common.

use crate::image::{HeapImage, StringId, Table, TableId, Value};
use crate::show;

/// How many characters of a table's contents are shown.
const MAX_TABLE_CHARACTERS: usize = 60;
/// The longest name of a class, or key of an item, in bytes.
const MAX_NAME_BYTES: usize = 40;
/// How many items of a sequence are looked at, to find what they have in common.
const MAX_ITEMS: usize = 8;
/// How many keys of one item are looked at.
const MAX_KEYS: usize = 20;
/// The maximum number of classes whose names are known.
const MAX_CLASSES: usize = 200;
/// How many entries are looked through for the names of classes.
const MAX_ENTRIES: usize = 10_000;

/// The names that the first root has for classes: for metatables, and for what is `__index` in one.
#[derive(Default)]
pub struct Classes(Vec<(TableId, StringId)>);

impl Classes {
    /// Looks through the first root, and the tables in it.
    pub fn new(image: &HeapImage) -> Classes {
        let mut classes = Classes::default();
        let Some(Value::Table(root)) = image.roots.first() else { return classes };
        if !image.tables.iter().any(|table| table.has_metatable) {
            return classes;
        }
        let mut indexed: Vec<Value> = Vec::new();
        let mut is_class = vec![false; image.tables.len()];
        for id in (0..image.tables.len() as u32).map(TableId) {
            if let Value::Table(metatable) = image.table(id).metatable
                && !std::mem::replace(&mut is_class[metatable.0 as usize], true)
            {
                indexed.extend(image.table(metatable).entries.value_at_name(image, b"__index"));
            }
        }
        for value in indexed {
            if let Value::Table(id) = value {
                is_class[id.0 as usize] = true;
            }
        }
        let inner = image.table(root).entries.iter().filter_map(|(_, value)| match value {
            Value::Table(id) => Some(id),
            _ => None,
        });
        let tables = std::iter::once(root).chain(inner);
        for (key, value) in tables.flat_map(|id| image.table(id).entries.iter()).take(MAX_ENTRIES) {
            if let (Value::String(name), Value::Table(id)) = (key, value)
                && is_class[id.0 as usize]
                && is_short_name(&image[name])
            {
                classes.0.push((id, name));
                // The first name of each counts.
                is_class[id.0 as usize] = false;
                if classes.0.len() == MAX_CLASSES {
                    break;
                }
            }
        }
        classes
    }

    fn of(&self, id: TableId) -> Option<StringId> {
        self.0.iter().find(|(class, _)| *class == id).map(|(_, name)| *name)
    }

    /// What the class of a table is called, if it has a class with a name.
    fn name<'a>(&self, image: &'a HeapImage, table: Table<'_>) -> Option<&'a str> {
        let Value::Table(metatable) = table.metatable else { return None };
        let at = |name| image.table(metatable).entries.value_at_name(image, name);
        let name = match at(&b"__name"[..]) {
            Some(Value::String(name)) if image[name].split(|byte| *byte == b'.').all(is_short_name) => Some(name),
            _ => self.of(metatable).or_else(|| match at(&b"__index"[..]) {
                Some(Value::Table(index)) => self.of(index),
                _ => None,
            }),
        };
        std::str::from_utf8(&image[name?]).ok()
    }
}

/// A value in one line.
pub fn preview(image: &HeapImage, classes: &Classes, value: Value) -> String {
    let Value::Table(id) = value else { return show::value(image, &value) };
    let table = image.table(id);
    if let Some(text) = of_items(image, classes, table) {
        return text;
    }
    let mut text = class_prefix(image, classes, table);
    let start = text.len();
    text.push('{');
    let sequence = table.sequence.iter().map(|value| show::value(image, &value));
    let entry = |(key, value)| format!("{} = {}", show::key(image, &key), show::value(image, &value));
    for (index, item) in sequence.chain(table.entries.iter().map(entry)).enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        if text[start..].chars().count() + item.chars().count() > MAX_TABLE_CHARACTERS {
            text.push('…');
            break;
        }
        text.push_str(&item);
    }
    text.push('}');
    text
}

/// `200 × {id, name, …}`, if the table is a sequence of tables that have keys in common.
fn of_items(image: &HeapImage, classes: &Classes, table: Table) -> Option<String> {
    let count = table.sequence.len();
    if count < 2 || !table.entries.is_empty() {
        return None;
    }
    let looked_at = count.min(MAX_ITEMS);
    let mut common: Vec<StringId> = Vec::new();
    let mut class = None;
    let mut most = 0;
    for number in 0..looked_at {
        // From the first to the last, evenly.
        let item = table.sequence.get(number * (count - 1) / (looked_at - 1))?;
        let Value::Table(id) = item else { return None };
        let item = image.table(id);
        let names = item.entries.iter().take(MAX_KEYS).filter_map(|(key, _)| match key {
            Value::String(name) if is_short_name(&image[name]) => Some(name),
            _ => None,
        });
        let names: Vec<StringId> = names.collect();
        if number == 0 {
            common.clone_from(&names);
            class = classes.name(image, item);
        }
        common.retain(|name| names.contains(name));
        class = class.filter(|class| classes.name(image, item) == Some(class));
        most = most.max(item.sequence.len() + item.entries.len());
    }
    if common.is_empty() {
        return None;
    }
    let mut has_more = most > common.len();
    let mut text = format!("{count} × ");
    if let Some(class) = class {
        text.push_str(class);
        text.push(' ');
    }
    text.push('{');
    for (index, name) in common.iter().enumerate() {
        let name = std::str::from_utf8(&image[*name]).ok()?;
        if index > 0 {
            text.push_str(", ");
        }
        if text.chars().count() + name.len() > MAX_TABLE_CHARACTERS {
            text.push('…');
            has_more = false;
            break;
        }
        text.push_str(name);
    }
    text.push_str(if has_more { ", …}" } else { "}" });
    Some(text)
}

fn class_prefix(image: &HeapImage, classes: &Classes, table: Table) -> String {
    classes.name(image, table).map(|name| format!("{name} ")).unwrap_or_default()
}

fn is_short_name(name: &[u8]) -> bool {
    name.len() <= MAX_NAME_BYTES && show::is_name(name)
}
