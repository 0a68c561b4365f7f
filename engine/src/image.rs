//! A part of Lua's heap as plain data: objects that refer to each other by index. Knows neither Lua nor
//! JavaScript; the VM is captured into it, the codec writes it, the inspector reads it.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident in $arena:ident: $item:ty;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
            pub struct $name(pub u32);

            impl std::ops::Index<$name> for HeapImage {
                type Output = $item;

                fn index(&self, id: $name) -> &$item {
                    &self.$arena[id.0 as usize]
                }
            }
        )*
    };
}

ids! {
    /// A string of an image.
    StringId in strings: [u8];
    /// A table of an image.
    TableId in tables: Table;
    /// A closure of an image.
    FunctionId in functions: Function;
    /// An upvalue of an image: closures that share a local share its cell.
    CellId in cells: Value;
    /// A prototype of an image.
    PrototypeId in prototypes: Prototype;
    /// A chunk of an image.
    ChunkId in chunks: Chunk;
    /// A permanent of an image.
    PermanentId in permanents: String;
}

/// The object graph that can be reached from some values.
///
/// Every id in an image is in range: whoever makes one sees to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeapImage {
    /// Where the graph starts: `_home` alone, or the values that a chunk returned.
    pub roots: Vec<Value>,
    /// The strings, each once.
    pub strings: Strings,
    /// The tables.
    pub tables: Vec<Table>,
    /// The functions written in Lua.
    pub functions: Vec<Function>,
    /// The values of the upvalues.
    pub cells: Vec<Value>,
    /// What the functions were made of.
    pub prototypes: Vec<Prototype>,
    /// The source texts that the prototypes come from.
    pub chunks: Vec<Chunk>,
    /// Paths of what every VM has from the start, such as `string.format`.
    pub permanents: Vec<String>,
}

/// Strings, one behind the other in one piece of memory: an image may hold millions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strings {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Strings {
    /// Adds a string.
    pub fn push(&mut self, string: &[u8]) -> StringId {
        self.bytes.extend_from_slice(string);
        self.ends.push(self.bytes.len());
        StringId(self.ends.len() as u32 - 1)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All of them, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|index| &self[index])
    }
}

impl std::ops::Index<usize> for Strings {
    type Output = [u8];

    fn index(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.bytes[start..self.ends[index]]
    }
}

impl<S: AsRef<[u8]>> FromIterator<S> for Strings {
    fn from_iter<I: IntoIterator<Item = S>>(strings: I) -> Self {
        let mut all = Strings::default();
        for string in strings {
            all.push(string.as_ref());
        }
        all
    }
}

/// A Lua value.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// `nil`
    Nil,
    /// `true`, `false`
    Boolean(bool),
    /// A number of subtype integer.
    Integer(i64),
    /// A number of subtype float.
    Float(f64),
    /// A string of any bytes.
    String(StringId),
    /// A table.
    Table(TableId),
    /// A function written in Lua.
    Function(FunctionId),
    /// What the engine provides itself.
    Permanent(PermanentId),
    /// What can not be captured. It is nil when restored.
    Opaque(Opaque),
}

/// Compares floats by their bits, so that an image equals its copy also where it holds a NaN.
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Nil, Value::Nil) => true,
            (Value::Boolean(a), Value::Boolean(b)) => a == b,
            (Value::Integer(a), Value::Integer(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Table(a), Value::Table(b)) => a == b,
            (Value::Function(a), Value::Function(b)) => a == b,
            (Value::Permanent(a), Value::Permanent(b)) => a == b,
            (Value::Opaque(a), Value::Opaque(b)) => a == b,
            _ => false,
        }
    }
}

/// Kinds of values that can not be captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opaque {
    /// A suspended coroutine.
    Coroutine,
    /// A userdata.
    Userdata,
    /// A function that is not written in Lua and is not a permanent, such as an iterator of `gmatch`.
    NativeFunction,
    /// A function whose source text is not known.
    SourcelessFunction,
}

impl Opaque {
    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Opaque::Coroutine => "coroutine",
            Opaque::Userdata => "userdata",
            Opaque::NativeFunction => "built-in function",
            Opaque::SourcelessFunction => "function without source",
        }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The values at the keys 1, 2, 3, …; none of them is nil.
    pub sequence: Vec<Value>,
    /// All other entries, in the order of [`HeapImage::compare_keys`].
    pub entries: Vec<(Value, Value)>,
    /// A table, a permanent, or nil.
    pub metatable: Value,
}

impl Default for Table {
    fn default() -> Self {
        Table { sequence: Vec::new(), entries: Vec::new(), metatable: Value::Nil }
    }
}

/// A closure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// What it was made of.
    pub prototype: PrototypeId,
    /// Its upvalues, as many as the prototype names.
    pub cells: Vec<CellId>,
}

/// What the compiler makes of one function in a chunk. Written into snapshots as it is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prototype {
    /// The chunk.
    pub chunk: ChunkId,
    /// Its place in the tree of the chunk's functions: `[]` is the main function, `[0, 2]` the third
    /// function in its first function.
    pub place: Vec<u32>,
    /// A hash of the compiled code, to notice where another Lua compiles the text to something else.
    pub fingerprint: u64,
    /// The line of its `function`, from 1; 0 for a main function.
    pub line: u32,
    /// The line of its `end`; 0 for a main function.
    pub last_line: u32,
    /// The names of its parameters.
    pub parameters: Vec<String>,
    /// Whether it takes `...`.
    pub is_vararg: bool,
    /// The names of its upvalues.
    pub upvalue_names: Vec<String>,
}

/// A source text. Written into snapshots as it is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    /// As messages name it: `main.lua`.
    pub name: String,
    /// The text.
    #[serde(with = "serde_bytes")]
    pub text: Box<[u8]>,
}

impl HeapImage {
    /// An image whose only root is an empty table.
    pub fn of_empty_table() -> HeapImage {
        HeapImage { roots: vec![Value::Table(TableId(0))], tables: vec![Table::default()], ..HeapImage::default() }
    }

    /// Whether it is that.
    pub fn is_of_empty_table(&self) -> bool {
        *self == HeapImage::of_empty_table()
    }

    /// The number of values in tables and upvalues.
    pub fn value_count(&self) -> u64 {
        let in_tables: usize = self.tables.iter().map(|table| table.sequence.len() + table.entries.len()).sum();
        (in_tables + self.cells.len()) as u64
    }

    /// All values in the image, each as often as it stands there.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let in_tables = self.tables.iter().flat_map(|table| {
            let entries = table.entries.iter().flat_map(|(key, value)| [key, value]);
            table.sequence.iter().chain(entries).chain([&table.metatable])
        });
        self.roots.iter().chain(&self.cells).chain(in_tables)
    }

    /// Puts a table's entries into the order of [`HeapImage::compare_keys`].
    pub fn sort_entries(&self, entries: &mut Vec<(Value, Value)>) {
        if entries.len() < 32 {
            entries.sort_by(|(a, _), (b, _)| self.compare_keys(a, b));
            return;
        }
        // Most keys of big tables are strings, whose bytes lie all over the memory: their first ones are
        // looked up once, and mostly decide. Small things are moved about in place of the entries.
        let order_of = |(index, (key, _)): (usize, &(Value, Value))| (key_rank(key), self.key_start(key), index as u32);
        let mut order: Vec<(u8, u128, u32)> = entries.iter().enumerate().map(order_of).collect();
        order.sort_unstable_by(|(a_rank, a_start, a), (b_rank, b_start, b)| {
            let by_key = || self.compare_keys(&entries[*a as usize].0, &entries[*b as usize].0);
            a_rank.cmp(b_rank).then(a_start.cmp(b_start)).then_with(by_key).then(a.cmp(b))
        });
        *entries = order.into_iter().map(|(_, _, index)| entries[index as usize]).collect();
    }

    /// The first bytes of a string as a number in the order of strings; 0 for other keys.
    fn key_start(&self, key: &Value) -> u128 {
        let Value::String(id) = key else { return 0 };
        let mut start = [0; 16];
        let string = &self[*id];
        let length = string.len().min(start.len());
        start[..length].copy_from_slice(&string[..length]);
        u128::from_be_bytes(start)
    }

    /// The order of entries: booleans, numbers, strings by their bytes, permanents by their path, then
    /// other objects as they come.
    pub fn compare_keys(&self, a: &Value, b: &Value) -> Ordering {
        self.compare_key_with(a, self, b)
    }

    /// The same order between a key of this image and one of another.
    pub fn compare_key_with(&self, a: &Value, other: &HeapImage, b: &Value) -> Ordering {
        match (a, b) {
            (Value::Boolean(a), Value::Boolean(b)) => a.cmp(b),
            (Value::Integer(a), Value::Integer(b)) => a.cmp(b),
            (Value::Float(a), Value::Float(b)) => a.total_cmp(b),
            (Value::Integer(a), Value::Float(b)) => (*a as f64).total_cmp(b).then(Ordering::Less),
            (Value::Float(a), Value::Integer(b)) => a.total_cmp(&(*b as f64)).then(Ordering::Greater),
            (Value::String(a), Value::String(b)) => self[*a].cmp(&other[*b]),
            (Value::Permanent(a), Value::Permanent(b)) => self[*a].cmp(&other[*b]),
            _ => key_rank(a).cmp(&key_rank(b)),
        }
    }
}

fn key_rank(key: &Value) -> u8 {
    match key {
        Value::Boolean(_) => 0,
        Value::Integer(_) | Value::Float(_) => 1,
        Value::String(_) => 2,
        Value::Permanent(_) => 3,
        Value::Table(_) | Value::Function(_) | Value::Opaque(_) | Value::Nil => 4,
    }
}
