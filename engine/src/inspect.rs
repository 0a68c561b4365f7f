//! Reading an image for display: a value in one line, and its children, a page at a time.

use std::ops::Range;

use wire::{ChunkLocation, ChunkName, Key, Kind, Listing, Reference, Row, Source, Step, Summary};

use crate::image::{FunctionId, HeapImage, Prototype, TableId, Value};
use crate::preview::{Classes, preview};
use crate::show;

/// The maximum number of rows in one listing.
const MAX_ROWS: u32 = 1000;
/// How many bytes of a source text are shown.
const MAX_SOURCE_BYTES: usize = 1 << 20;

/// An image that can be inspected. Knows how often each object is referenced.
pub struct Inspection {
    image: HeapImage,
    table_references: Vec<u32>,
    function_references: Vec<u32>,
    classes: Classes,
}

/// A value found at a path, with the objects on the way to it.
struct Found {
    value: Value,
    ancestors: Vec<Value>,
}

impl Inspection {
    /// Wraps an image and counts its references.
    pub fn new(image: HeapImage) -> Inspection {
        let mut table_references = vec![0; image.tables.len()];
        let mut function_references = vec![0; image.functions.len()];
        image.all_values().for_each(|value| match value {
            Value::Table(id) => table_references[id.0 as usize] += 1,
            Value::Function(id) => function_references[id.0 as usize] += 1,
            _ => {}
        });
        let classes = Classes::new(&image);
        Inspection { image, table_references, function_references, classes }
    }

    /// The image.
    pub fn image(&self) -> &HeapImage {
        &self.image
    }

    /// The roots, each in one line.
    pub fn roots(&self) -> Vec<Summary> {
        self.image.roots.iter().map(|root| self.summary(root, &[], None)).collect()
    }

    /// Lists the children of the value at a path. The path starts at the first root, or at the root that a leading
    /// [`Step::Result`] names. Returns `None` if the path leads nowhere.
    pub fn list(&self, path: &[Step], offset: u32, limit: u32) -> Option<Listing> {
        let found = self.find(path)?;
        let of = self.summary(found.value, &found.ancestors, None);
        let mut ancestors = found.ancestors;
        ancestors.push(found.value);
        let end = offset.saturating_add(limit.min(MAX_ROWS)).min(of.child_count);
        let rows = (offset..end).filter_map(|index| self.row(found.value, index, &ancestors)).collect();
        Some(Listing { of, offset, rows })
    }

    /// The image alone.
    pub fn into_image(self) -> HeapImage {
        self.image
    }

    /// Returns the value at a path, or `None` if the path leads nowhere.
    pub fn value(&self, path: &[Step]) -> Option<Value> {
        self.find(path).map(|found| found.value)
    }

    /// Returns the source text of the function at a path, or `None` if there is no function.
    pub fn source(&self, path: &[Step]) -> Option<Source> {
        let Value::Function(id) = self.find(path)?.value else { return None };
        Some(Source { file: self.file_of(id), ..self.source_of(id) })
    }

    /// All of the file that a function was made from, unless it is larger than [`MAX_SOURCE_BYTES`].
    fn file_of(&self, id: FunctionId) -> Option<Vec<u8>> {
        let chunk = self.image.chunk(self.image.prototype_of(id).chunk);
        let is_file = ChunkName::from(chunk.name).path().is_some();
        (is_file && chunk.text.len() <= MAX_SOURCE_BYTES).then(|| chunk.text.to_vec())
    }

    /// Returns the source text of a function alone, truncated to [`MAX_SOURCE_BYTES`].
    pub fn source_of(&self, id: FunctionId) -> Source {
        let text = source_lines(&self.image, self.image.prototype_of(id));
        let text = String::from_utf8_lossy(&text[..text.len().min(MAX_SOURCE_BYTES)]).into_owned();
        Source { location: self.location(id), text, file: None }
    }

    fn find(&self, path: &[Step]) -> Option<Found> {
        let (mut value, path) = match path.split_first() {
            Some((Step::Result(index), rest)) => (self.image.roots.get(*index as usize)?, rest),
            _ => (self.image.roots.first()?, path),
        };
        let mut ancestors = Vec::new();
        for step in path {
            let next = self.child(value, step)?;
            ancestors.push(value);
            value = next;
        }
        Some(Found { value, ancestors })
    }

    /// Returns the value that a step leads to, or `None` if there is none.
    pub fn child(&self, parent: Value, step: &Step) -> Option<Value> {
        match (parent, step) {
            (Value::Table(id), Step::Key(key)) => self.value_at(id, key),
            (Value::Table(id), Step::Metatable) => Some(self.image.table(id).metatable),
            (Value::Function(id), Step::Upvalue(index)) => {
                Some(self.image.cell(*self.image.cells_of(id).get(*index as usize)?))
            }
            _ => None,
        }
    }

    fn value_at(&self, table: TableId, key: &Key) -> Option<Value> {
        let table = self.image.table(table);
        if let Key::Integer(index) = key
            && let Some(value) =
                usize::try_from(*index).ok().and_then(|index| table.sequence.get(index.checked_sub(1)?))
        {
            return Some(value);
        }
        let wanted = match key {
            Key::Boolean(boolean) => Value::Boolean(*boolean),
            Key::Integer(integer) => Value::Integer(*integer),
            Key::Float(bits) => Value::Float(f64::from_bits(*bits)),
            Key::String(name) => return table.entries.value_at_name(&self.image, name),
            Key::Entry(index) => return table.entries.get(*index as usize).map(|(_, value)| value),
        };
        table.entries.value_at(|candidate| self.image.compare_keys(&candidate, &wanted))
    }

    /// Returns a child of a value by its index. A table has its sequence, its entries and its metatable, in this order;
    /// a function has its upvalues.
    fn row(&self, parent: Value, index: u32, ancestors: &[Value]) -> Option<Row> {
        match parent {
            Value::Table(id) => {
                let table = self.image.table(id);
                let position = index as usize;
                if let Some(value) = table.sequence.get(position) {
                    let key = index as i64 + 1;
                    return Some(self.new_row(
                        Step::Key(Key::Integer(key)),
                        format!("[{key}]"),
                        value,
                        ancestors,
                        None,
                    ));
                }
                let position = position - table.sequence.len();
                if let Some((key, value)) = table.entries.get(position) {
                    let label = show::key(&self.image, &key);
                    let name =
                        matches!(key, Value::String(_)).then_some(label.as_str()).filter(|name| !name.starts_with('['));
                    let step = Step::Key(self::key(&self.image, &key, position as u32));
                    return Some(self.new_row(step, label.clone(), value, ancestors, name));
                }
                (table.metatable != Value::Nil && position == table.entries.len())
                    .then(|| self.new_row(Step::Metatable, "metatable".into(), table.metatable, ancestors, None))
            }
            Value::Function(id) => {
                let cell = *self.image.cells_of(id).get(index as usize)?;
                let name = self.image.prototype_of(id).upvalue_names.get(index as usize)?;
                let label = format!("upvalue {name}");
                Some(self.new_row(Step::Upvalue(index), label, self.image.cell(cell), ancestors, Some(name)))
            }
            _ => None,
        }
    }

    fn new_row(&self, step: Step, label: String, value: Value, ancestors: &[Value], name: Option<&str>) -> Row {
        Row::new(step, label, self.summary(value, ancestors, name))
    }

    /// How many children a value has.
    pub fn child_count(&self, value: Value) -> u32 {
        match value {
            Value::Table(id) => {
                let table = self.image.table(id);
                (table.sequence.len() + table.entries.len()) as u32 + u32::from(table.metatable != Value::Nil)
            }
            Value::Function(id) => self.image.cells_of(id).len() as u32,
            _ => 0,
        }
    }

    /// Describes a value in one line. `ancestors` are the objects on the way to it. `name` is what a function is called
    /// there.
    pub fn summary(&self, value: Value, ancestors: &[Value], name: Option<&str>) -> Summary {
        let text = preview(&self.image, &self.classes, value);
        let (kind, location) = match value {
            Value::Nil => (Kind::Nil, None),
            Value::Boolean(_) => (Kind::Boolean, None),
            Value::Integer(_) | Value::Float(_) => (Kind::Number, None),
            Value::String(_) => (Kind::String, None),
            Value::Table(_) => (Kind::Table, None),
            Value::Function(id) => (Kind::Function, Some(self.location(id))),
            Value::Native(_) => (Kind::Opaque, None),
            Value::Permanent(_) => (Kind::Builtin, None),
            Value::Opaque(_) => (Kind::Opaque, None),
        };
        let text = match name {
            Some(name) if kind == Kind::Function => text.replacen("function", &format!("function {name}"), 1),
            _ => text,
        };
        let child_count = self.child_count(value);
        Summary { kind, text, child_count, reference: self.reference(value, ancestors), location }
    }

    fn reference(&self, value: Value, ancestors: &[Value]) -> Reference {
        let references = match value {
            Value::Table(id) => self.table_references[id.0 as usize],
            Value::Function(id) => self.function_references[id.0 as usize],
            _ => 0,
        };
        if ancestors.contains(&value) && references > 0 {
            Reference::Cycle
        } else if references > 1 {
            Reference::Shared
        } else {
            Reference::Single
        }
    }

    /// Where a function begins. The main function of a chunk, which has no line of its own, begins in the first.
    fn location(&self, id: FunctionId) -> ChunkLocation {
        let prototype = self.image.prototype_of(id);
        ChunkLocation { chunk: self.image.chunk(prototype.chunk).name.into(), line: prototype.line.max(1) }
    }
}

/// The key as the page refers to it. `entry` is its index among its table's entries, which identifies a key that is
/// an object.
pub fn key(image: &HeapImage, key: &Value, entry: u32) -> Key {
    match key {
        Value::Boolean(boolean) => Key::Boolean(*boolean),
        Value::Integer(integer) => Key::Integer(*integer),
        Value::Float(float) => Key::Float(float.to_bits()),
        Value::String(id) => Key::String(image[*id].to_vec()),
        _ => Key::Entry(entry),
    }
}

/// The source lines that contain a function.
pub fn source_lines<'a>(image: &'a HeapImage, prototype: Prototype) -> &'a [u8] {
    let text = image.chunk(prototype.chunk).text;
    &text[line_range(text, prototype)]
}

/// Where the lines that contain a function are in the text of its chunk.
pub fn line_range(text: &[u8], prototype: Prototype) -> Range<usize> {
    if prototype.line == 0 {
        return 0..text.len();
    }
    let mut line_feeds = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(index, _)| index + 1);
    let start = match prototype.line {
        1 => 0,
        line => line_feeds.nth(line as usize - 2).unwrap_or(text.len()),
    };
    let lines_after = prototype.last_line.saturating_sub(prototype.line) as usize;
    let end = line_feeds.nth(lines_after).unwrap_or(text.len());
    start..end
}

/// A path in the form shown to people: `_home.users[3]`.
pub fn path_text(path: &[Step]) -> String {
    let mut text = String::from("_home");
    for step in path {
        match step {
            Step::Key(key) => text.push_str(&show::step_to(key, show::string, show::float)),
            Step::Metatable => text.push_str("<metatable>"),
            Step::Upvalue(index) => text.push_str(&format!("<upvalue {}>", index.saturating_add(1))),
            Step::Result(index) => text.push_str(&format!("<result {}>", index.saturating_add(1))),
        }
    }
    text
}
