//! Images to JSON.

use super::MAX_DEPTH;
use crate::image::{HeapImage, Table, TableId, Value};
use crate::slices::{Slices, Withdrawn};
use crate::{path, show};

/// The maximum length of the text. Shared tables are written out at every reference, so the text can be far larger
/// than the image.
const MAX_BYTES: usize = 256 << 20;
/// How much text is written in about as much time as one value takes.
const BYTES_PER_STEP: usize = 64;
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

/// A table that is being written.
struct OpenTable<'a> {
    id: TableId,
    table: Table<'a>,
    /// Which of its values comes next: those of the sequence first.
    next: usize,
    /// Whether nothing in it was written yet.
    is_empty: bool,
    /// The length of its path.
    path_length: usize,
}

impl OpenTable<'_> {
    fn is_array(&self) -> bool {
        self.table.entries.is_empty() && !self.table.sequence.is_empty()
    }
}

/// An export in progress.
struct Writer<'a> {
    image: &'a HeapImage,
    json: JsonText,
    /// Innermost last.
    open: Vec<OpenTable<'a>>,
    path: String,
}

/// The text would exceed [`MAX_BYTES`].
struct TooLong;

/// Writes a value of an image, whose path is `name`. Returns `None` if the text would be too long.
pub async fn export(
    image: &HeapImage,
    root: Value,
    name: &str,
    slices: &Slices,
) -> Result<Option<JsonText>, Withdrawn> {
    let json = JsonText { text: String::new(), omissions: Vec::new(), omission_count: 0 };
    let mut writer = Writer { image, json, open: Vec::new(), path: name.to_owned() };
    let mut written = writer.value(root);
    while written.is_ok() && !writer.open.is_empty() {
        let length = writer.json.text.len();
        written = writer.step();
        let steps = 1 + (writer.json.text.len() - length) / BYTES_PER_STEP;
        if slices.is_over(steps as u32) {
            slices.begin_next().await?;
        }
    }
    writer.json.text.push('\n');
    Ok(written.is_ok().then_some(writer.json))
}

impl<'a> Writer<'a> {
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
            Value::Float(float) if float.is_finite() => self.write(&lua::exact_text_of(float)),
            Value::Float(_) => self.write_null("a number that JSON does not have"),
            Value::String(id) => match std::str::from_utf8(&self.image[id]) {
                Ok(text) => self.string(text),
                Err(_) => self.write_null("a string that is not UTF-8"),
            },
            Value::Table(id) if self.open.iter().any(|open| open.id == id) => {
                self.write_null("a table that contains itself")
            }
            Value::Table(_) if self.open.len() == MAX_DEPTH => self.write_null("nested too deeply"),
            Value::Table(id) => self.begin_table(id),
            Value::Function(_) => self.write_null("function"),
            Value::Native(id) => self.write_null(self.image.native(id).name()),
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

    fn begin_table(&mut self, id: TableId) -> Result<(), TooLong> {
        let table = self.image.table(id);
        let path_length = self.path.len();
        if table.metatable != Value::Nil {
            self.path.push_str("<metatable>");
            self.omit("metatable");
        }
        let open = OpenTable { id, table, next: 0, is_empty: true, path_length };
        self.write(if open.is_array() { "[" } else { "{" })?;
        self.open.push(open);
        Ok(())
    }

    /// Writes the next value of the innermost table, or ends the table. A table in it is only begun.
    fn step(&mut self) -> Result<(), TooLong> {
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        let (table, index, is_array) = (open.table, open.next, open.is_array());
        open.next += 1;
        self.path.truncate(open.path_length);
        let item = match table.sequence.get(index) {
            Some(value) => Some((Value::Integer(index as i64 + 1), value)),
            None => table.entries.get(index - table.sequence.len()),
        };
        let Some((key, value)) = item else { return self.end_table() };
        path::write_key(self.image, &key, &mut self.path);
        if is_array {
            self.begin_item()?;
            return self.value(value);
        }
        let Some(name) = self.key(table, &key) else { return Ok(()) };
        if !matches!(key, Value::String(_)) {
            self.omit("the key becomes text");
        }
        self.begin_item()?;
        self.string(&name)?;
        self.write(": ")?;
        self.value(value)
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

    fn begin_item(&mut self) -> Result<(), TooLong> {
        let is_first = self.open.last_mut().is_some_and(|open| std::mem::replace(&mut open.is_empty, false));
        self.write(if is_first { "\n" } else { ",\n" })?;
        self.indent()
    }

    fn end_table(&mut self) -> Result<(), TooLong> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        if !open.is_empty {
            self.write("\n")?;
            self.indent()?;
        }
        self.write(if open.is_array() { "]" } else { "}" })
    }

    fn indent(&mut self) -> Result<(), TooLong> {
        (0..self.open.len()).try_for_each(|_| self.write("  "))
    }
}
