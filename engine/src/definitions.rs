//! What is alive in `_home` as definitions for the editor: names, types and values, in the annotations that language
//! servers read. Made of an image, so no Lua runs. Bounded: breadth first, and not too much.

use crate::image::{HeapImage, NativeKind, Opaque, TableId, Value};
use crate::inspect::Inspection;
use crate::show;

/// How many fields are told in all.
const MAX_FIELDS: usize = 1000;
/// How many fields of one table are told.
const MAX_TABLE_FIELDS: usize = 200;
/// How many steps from `_home` a table may be whose fields are told.
const MAX_DEPTH: u32 = 4;
/// The longest key that is told.
const MAX_KEY_BYTES: usize = 60;
/// The variable, and the class of its value.
const ROOT: &str = "_home";
/// What nothing else ends with: the elements of a sequence.
const ELEMENT: &str = "element";

/// Defines `_home` as an image has it.
pub fn definitions(home: &Inspection) -> String {
    let image = home.image();
    let mut writer = Writer { home, image, text: "---@meta\n".to_owned(), classes: Vec::new(), left: MAX_FIELDS };
    if let Some(root) = image.home() {
        writer.class(root, ROOT.to_owned(), 0);
    }
    let mut defined = 0;
    while let Some(Class { table, name, depth }) = writer.classes.get(defined).cloned() {
        writer.define(table, name, depth);
        defined += 1;
    }
    writer.text
}

/// A table that was met.
#[derive(Clone)]
struct Class {
    table: TableId,
    /// What it is called.
    name: String,
    /// How far it is from `_home`.
    depth: u32,
}

struct Writer<'a> {
    home: &'a Inspection,
    image: &'a HeapImage,
    text: String,
    /// The tables that were met, in the order in which they are defined. No more than fields that are told.
    classes: Vec<Class>,
    left: usize,
}

impl Writer<'_> {
    fn add(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.text.push_str(part));
    }

    /// What a table is called, which is defined later if it is new.
    fn class(&mut self, table: TableId, name: String, depth: u32) -> String {
        if let Some(known) = self.classes.iter().find(|known| known.table == table) {
            return known.name.clone();
        }
        if depth > MAX_DEPTH || self.left == 0 {
            return "table".to_owned();
        }
        self.classes.push(Class { table, name: name.clone(), depth });
        name
    }

    fn define(&mut self, id: TableId, name: String, depth: u32) {
        let table = self.image.table(id);
        let parent = self.parent(table.metatable, &name, depth);
        if name == ROOT {
            self.text.push_str("---Everything in this table is saved.\n");
        }
        self.add(&["---@class (partial) ", &name]);
        if let Some(parent) = parent {
            self.add(&[": ", &parent]);
        }
        self.text.push('\n');
        if let Some(first) = table.sequence.get(0) {
            let element = self.type_of(first, || format!("{name}.{ELEMENT}"), depth);
            self.add(&["---@field [integer] ", &element, "\n"]);
        }
        for (key, value) in table.entries.iter().take(MAX_TABLE_FIELDS) {
            let Value::String(key) = key else { continue };
            let key = &self.image[key];
            if key.len() <= MAX_KEY_BYTES && self.left > 0 {
                self.left -= 1;
                self.field(&name, key, value, depth);
            }
        }
        // The table itself belongs to the class only if nothing is between them.
        self.text.push_str(if name == ROOT { "_home = {}\n\n" } else { "\n" });
    }

    fn field(&mut self, class: &str, key: &[u8], value: Value, depth: u32) {
        let key_text = String::from_utf8_lossy(key);
        let is_name = show::is_name(key);
        // A number in place of what is no name.
        let number = ["_", &self.classes.len().to_string()].concat();
        let kind = self.type_of(value, || [class, ".", if is_name { &key_text } else { &number }].concat(), depth);
        let label = if is_name { key_text.to_string() } else { format!("[{}]", show::string(key)) };
        let shown = match value {
            Value::Function(_) | Value::Permanent(_) => String::new(),
            // It stands in backticks.
            _ => format!(" `{}`", self.home.summary(value, &[], None).text.replace('`', "'")),
        };
        self.add(&["---@field ", &label, " ", &kind, &shown, "\n"]);
    }

    /// The type of a value. A table that is met for the first time gets the name.
    fn type_of(&mut self, value: Value, name: impl Fn() -> String, depth: u32) -> String {
        let simple = match value {
            Value::Table(id) => return self.table_type(id, name(), depth),
            Value::Function(id) => {
                let prototype = self.image.prototype_of(id);
                let mut parameters: Vec<&str> = prototype.parameters.iter().collect();
                if prototype.is_vararg {
                    parameters.push("...");
                }
                return format!("fun({}): any", parameters.join(", "));
            }
            Value::Nil => "nil",
            Value::Boolean(_) => "boolean",
            Value::Integer(_) => "integer",
            Value::Float(_) => "number",
            Value::String(_) => "string",
            Value::Permanent(_) => "any",
            Value::Native(id) if self.image.native(id).kind == NativeKind::Coroutine => "thread",
            Value::Native(_) => "function",
            Value::Opaque(Opaque::Userdata) => "userdata",
            Value::Opaque(Opaque::NativeFunction | Opaque::SourcelessFunction) => "function",
            Value::Opaque(Opaque::LeftOut) => "any",
            Value::Opaque(_) => "thread",
        };
        simple.to_owned()
    }

    fn table_type(&mut self, id: TableId, name: String, depth: u32) -> String {
        let table = self.image.table(id);
        match table.sequence.get(0) {
            Some(first) if table.entries.is_empty() && table.metatable == Value::Nil && depth < MAX_DEPTH => {
                let element = self.type_of(first, || format!("{name}.{ELEMENT}"), depth + 1);
                if element.starts_with("fun(") { format!("({element})[]") } else { element + "[]" }
            }
            _ => self.class(id, name, depth + 1),
        }
    }

    /// The class whose fields a table has besides its own: that of the table `__index` of its metatable.
    fn parent(&mut self, metatable: Value, name: &str, depth: u32) -> Option<String> {
        let Value::Table(metatable) = metatable else { return None };
        let mut entries = self.image.table(metatable).entries.iter();
        let index = entries.find(|(key, _)| matches!(key, Value::String(key) if self.image[*key] == *b"__index"));
        match index?.1 {
            Value::Table(index) => {
                Some(self.class(index, format!("{name}.class"), depth + 1)).filter(|parent| parent != name)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_home_is_defined() {
        let defined = definitions(&Inspection::new(HeapImage::of_empty_table()));
        assert_eq!(
            defined,
            "---@meta\n---Everything in this table is saved.\n---@class (partial) _home\n_home = {}\n\n"
        );
    }
}
