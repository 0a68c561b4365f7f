//! Images to JSON.

use super::MAX_DEPTH;
use crate::image::{HeapImage, Table, TableId, Value};
use crate::{path, show};

/// The maximum length of the text. Shared tables are written out at every reference, so the text can be far larger
/// than the image.
const MAX_BYTES: usize = 256 << 20;
/// How many omissions are listed by path; the rest are only counted.
const MAX_OMISSIONS: usize = 1000;

/// An image as JSON.
pub struct JsonText {
    /// The JSON text.
    pub text: String,
    /// The path of each value that JSON cannot hold, and the reason; the first thousand.
    pub omissions: Vec<(String, String)>,
    /// How many omissions there are in total.
    pub omission_count: u64,
}

/// An export in progress.
struct Writer<'a> {
    image: &'a HeapImage,
    json: JsonText,
    /// The tables being written, innermost last.
    open: Vec<TableId>,
    path: String,
}

/// The text would exceed [`MAX_BYTES`].
struct TooLong;

/// Writes the first root of an image. Returns `None` if the text would be too long.
pub fn export(image: &HeapImage, root_name: &str) -> Option<JsonText> {
    let json = JsonText { text: String::new(), omissions: Vec::new(), omission_count: 0 };
    let mut writer = Writer { image, json, open: Vec::new(), path: root_name.to_owned() };
    writer.value(image.roots.first()?).ok()?;
    writer.json.text.push('\n');
    Some(writer.json)
}

impl Writer<'_> {
    fn omit(&mut self, reason: &str) {
        self.json.omission_count += 1;
        if self.json.omissions.len() < MAX_OMISSIONS {
            self.json.omissions.push((self.path.clone(), reason.to_owned()));
        }
    }

    fn write_null(&mut self, reason: &str) -> Result<(), TooLong> {
        self.omit(reason);
        self.write("null")
    }

    fn write(&mut self, text: &str) -> Result<(), TooLong> {
        self.json.text.push_str(text);
        if self.json.text.len() > MAX_BYTES { Err(TooLong) } else { Ok(()) }
    }

    fn value(&mut self, value: Value) -> Result<(), TooLong> {
        match value {
            Value::Nil => self.write("null"),
            Value::Boolean(boolean) => self.write(if boolean { "true" } else { "false" }),
            Value::Integer(integer) => self.write(&integer.to_string()),
            // The shortest text that parses back to the same float.
            Value::Float(float) if float.is_finite() => self.write(&format!("{float:?}")),
            Value::Float(_) => self.write_null("a number that JSON does not have"),
            Value::String(id) => match std::str::from_utf8(&self.image[id]) {
                Ok(text) => self.string(text),
                Err(_) => self.write_null("a string that is not UTF-8"),
            },
            Value::Table(id) if self.open.contains(&id) => self.write_null("a table that contains itself"),
            Value::Table(_) if self.open.len() == MAX_DEPTH => self.write_null("nested too deeply"),
            Value::Table(id) => {
                self.open.push(id);
                self.table(id)?;
                self.open.pop();
                Ok(())
            }
            Value::Function(_) => self.write_null("function"),
            Value::Permanent(_) => self.write_null("built-in"),
            Value::Opaque(kind) => self.write_null(kind.name()),
        }
    }

    fn string(&mut self, text: &str) -> Result<(), TooLong> {
        self.write("\"")?;
        let mut plain = 0;
        for (index, character) in text.char_indices() {
            let escape = match character {
                '"' => "\\\"".to_owned(),
                '\\' => "\\\\".to_owned(),
                '\n' => "\\n".to_owned(),
                control if control < ' ' => format!("\\u{:04x}", u32::from(control)),
                _ => continue,
            };
            self.write(&text[plain..index])?;
            self.write(&escape)?;
            plain = index + character.len_utf8();
        }
        self.write(&text[plain..])?;
        self.write("\"")
    }

    fn table(&mut self, id: TableId) -> Result<(), TooLong> {
        let table = self.image.table(id);
        let length = self.path.len();
        if table.metatable != Value::Nil {
            self.path.push_str("<metatable>");
            self.omit("metatable");
            self.path.truncate(length);
        }
        if table.entries.is_empty() && !table.sequence.is_empty() {
            return self.array(table);
        }
        let in_sequence = table.sequence.iter().zip(1..).map(|(value, key)| (Value::Integer(key), value));
        let is_string = |key: &Value| matches!(key, Value::String(_));
        self.write("{")?;
        let mut is_first = true;
        for (key, value) in in_sequence.chain(table.entries.iter()) {
            path::write_key(self.image, &key, &mut self.path);
            if let Some(name) = self.key(table, &key) {
                if !is_string(&key) {
                    self.omit("the key becomes text");
                }
                self.begin_item(&mut is_first)?;
                self.string(&name)?;
                self.write(": ")?;
                self.value(value)?;
            }
            self.path.truncate(length);
        }
        self.close(is_first, "}")
    }

    fn array(&mut self, table: Table) -> Result<(), TooLong> {
        let length = self.path.len();
        self.write("[")?;
        let mut is_first = true;
        for (index, value) in table.sequence.iter().enumerate() {
            self.path.push_str(&format!("[{}]", index + 1));
            self.begin_item(&mut is_first)?;
            self.value(value)?;
            self.path.truncate(length);
        }
        self.close(is_first, "]")
    }

    /// The JSON name for a key. If JSON cannot express it, records an omission and returns `None`.
    fn key(&mut self, table: Table, key: &Value) -> Option<String> {
        let name = match key {
            Value::String(id) => {
                let name = std::str::from_utf8(&self.image[*id]).map(str::to_owned);
                if name.is_err() {
                    self.omit("a key that is not UTF-8");
                }
                return name.ok();
            }
            Value::Integer(integer) => integer.to_string(),
            Value::Float(float) => show::float(*float),
            _ => {
                self.omit("a key that is not text");
                return None;
            }
        };
        let is_taken = table.entries.has_key(|other| self.compare(&other, &name));
        if is_taken {
            self.omit("a key whose text is another key");
        }
        (!is_taken).then_some(name)
    }

    /// Compares an entry's key with a name, in the order of a table's entries.
    fn compare(&self, other: &Value, name: &str) -> std::cmp::Ordering {
        match other {
            Value::String(id) => self.image[*id].cmp(name.as_bytes()),
            Value::Boolean(_) | Value::Integer(_) | Value::Float(_) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Greater,
        }
    }

    fn begin_item(&mut self, is_first: &mut bool) -> Result<(), TooLong> {
        self.write(if std::mem::replace(is_first, false) { "\n" } else { ",\n" })?;
        self.indent(self.open.len())
    }

    fn close(&mut self, is_empty: bool, bracket: &str) -> Result<(), TooLong> {
        if !is_empty {
            self.write("\n")?;
            self.indent(self.open.len() - 1)?;
        }
        self.write(bracket)
    }

    fn indent(&mut self, depth: usize) -> Result<(), TooLong> {
        (0..depth).try_for_each(|_| self.write("  "))
    }
}
