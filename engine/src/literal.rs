//! Values and paths as Lua that makes or finds them again.

use wire::{Key, Step, Subject};

use crate::image::{HeapImage, TableId, Value};
use crate::show;

/// How deep tables may be in each other.
const MAX_DEPTH: usize = 100;
/// The maximum number of bytes: shared tables are written at every reference.
const MAX_BYTES: usize = 16 << 20;

/// A value as Lua, with nil for what Lua has no text for. `None` if that would be too long.
pub fn of_value(image: &HeapImage, value: Value) -> Option<String> {
    let mut writer = Writer { image, text: String::new(), open: Vec::new() };
    writer.value(value);
    (writer.text.len() <= MAX_BYTES).then_some(writer.text)
}

struct Writer<'a> {
    image: &'a HeapImage,
    text: String,
    /// The tables that are being written, innermost last.
    open: Vec<TableId>,
}

impl Writer<'_> {
    /// Writes a value, or nil and what it is where Lua has no text for it.
    fn value(&mut self, value: Value) {
        match value {
            Value::Float(float) => self.text.push_str(&float_literal(float)),
            Value::Integer(i64::MIN) => self.text.push_str("math.mininteger"),
            Value::String(id) => self.text.push_str(&string_literal(&self.image[id])),
            Value::Table(id) if self.open.contains(&id) => self.nil("a table that contains itself"),
            Value::Table(_) if self.open.len() == MAX_DEPTH => self.nil("nested too deeply"),
            Value::Table(id) => self.table(id),
            Value::Function(_) => self.nil("function"),
            Value::Native(id) => self.nil(self.image.native(id).name()),
            Value::Opaque(kind) => self.nil(kind.name()),
            Value::Nil | Value::Boolean(_) | Value::Integer(_) | Value::Permanent(_) => {
                self.text.push_str(&show::value(self.image, &value));
            }
        }
    }

    fn nil(&mut self, reason: &str) {
        self.text.push_str("nil --[[");
        self.text.push_str(reason);
        self.text.push_str("]]");
    }

    fn table(&mut self, id: TableId) {
        let table = self.image.table(id);
        if table.sequence.is_empty() && table.entries.is_empty() {
            return self.text.push_str("{}");
        }
        self.open.push(id);
        self.text.push('{');
        let sequence = table.sequence.iter().map(|value| (None, value));
        for (key, value) in sequence.chain(table.entries.iter().map(|(key, value)| (Some(key), value))) {
            if self.text.len() > MAX_BYTES {
                break;
            }
            self.begin_line();
            match key {
                // Nothing but the same object is this key.
                Some(Value::Table(_) | Value::Function(_) | Value::Native(_) | Value::Opaque(_)) => {
                    self.text.push_str("-- a key that is an object");
                    continue;
                }
                Some(Value::String(name)) if show::is_name(&self.image[name]) => {
                    self.text.push_str(&String::from_utf8_lossy(&self.image[name]));
                    self.text.push_str(" = ");
                }
                Some(key) => {
                    self.text.push('[');
                    self.value(key);
                    self.text.push_str("] = ");
                }
                None => {}
            }
            self.value(value);
            self.text.push(',');
        }
        self.open.pop();
        self.begin_line();
        self.text.push('}');
    }

    fn begin_line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n("  ", self.open.len()));
    }
}

/// The expression that leads to a value.
pub fn of_path(subject: &Subject, path: &[Step]) -> String {
    let mut text = String::from(if *subject == Subject::Output { "_io.output" } else { "_home" });
    for step in path {
        match step {
            Step::Key(key) => text.push_str(&of_step(key)),
            Step::Metatable => text = format!("getmetatable({text})"),
            Step::Upvalue(index) => text = format!("select(2, debug.getupvalue({text}, {}))", index.saturating_add(1)),
            Step::Result(_) => {}
        }
    }
    text
}

/// How a path goes on to the value at a key, which is no object.
pub fn of_step(key: &Key) -> String {
    show::step_to(key, string_literal, float_literal)
}

/// A key as an expression, which is no object.
pub fn of_key(key: &Key) -> String {
    match key {
        Key::String(bytes) => string_literal(bytes),
        _ => of_step(key).trim_matches(['[', ']']).to_owned(),
    }
}

fn float_literal(float: f64) -> String {
    if float.is_nan() {
        "0/0".into()
    } else if float.is_infinite() {
        if float > 0.0 { "math.huge" } else { "-math.huge" }.into()
    } else {
        lua::exact_text_of(float)
    }
}

fn string_literal(bytes: &[u8]) -> String {
    // Always three digits, whatever follows.
    show::quoted(bytes, |control| match control.is_ascii() {
        true => format!("\\{:03}", u32::from(control)),
        false => control.into(),
    })
}
