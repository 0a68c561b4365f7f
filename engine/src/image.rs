//! A part of Lua's heap as plain data: objects that refer to each other by index. Knows neither Lua nor
//! JavaScript; the VM is captured into it, the codec writes it, the inspector reads it.
//!
//! All values lie in one piece of memory, packed, and what is in a table is a stretch of them: so an image takes
//! less than ten times the bytes that it was read from, whoever wrote these.

mod build;
mod order;
mod strings;
mod value;
mod values;

use std::ops::{Index, Range};

use serde::Serialize;

pub use strings::{Names, Strings, Texts};
pub use value::{Opaque, Value};
pub use values::{Entries, Sequence, Values};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
            pub struct $name(pub u32);
        )*
    };
}

ids! {
    /// A string of an image.
    StringId;
    /// A table of an image.
    TableId;
    /// A closure of an image.
    FunctionId;
    /// An upvalue of an image: closures that share a local share its cell.
    CellId;
    /// A prototype of an image.
    PrototypeId;
    /// A chunk of an image.
    ChunkId;
    /// A permanent of an image.
    PermanentId;
}

/// The object graph that can be reached from some values.
///
/// Every id and every stretch in an image is in range: whoever makes one sees to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeapImage {
    /// Where the graph starts: `_home` alone, or the values that a chunk returned.
    pub roots: Values,
    /// The strings, each once.
    pub strings: Strings,
    /// The tables.
    pub tables: Vec<TableSpan>,
    /// What is in the tables.
    pub values: Values,
    /// The functions written in Lua.
    pub functions: Vec<FunctionSpan>,
    /// The upvalues of the functions.
    pub upvalues: Vec<CellId>,
    /// The values of the upvalues.
    pub cells: Values,
    /// What the functions were made of.
    pub prototypes: Vec<PrototypeSpan>,
    /// The places of the prototypes.
    pub places: Vec<u32>,
    /// The names of their parameters and upvalues.
    pub names: Texts,
    /// The names of the chunks that the prototypes come from.
    pub chunk_names: Texts,
    /// The source texts of the chunks.
    pub chunk_texts: Strings,
    /// Paths of what every VM has from the start, such as `string.format`.
    pub permanents: Texts,
}

impl Index<StringId> for HeapImage {
    type Output = [u8];

    fn index(&self, id: StringId) -> &[u8] {
        &self.strings[id.0 as usize]
    }
}

impl Index<FunctionId> for HeapImage {
    type Output = FunctionSpan;

    fn index(&self, id: FunctionId) -> &FunctionSpan {
        &self.functions[id.0 as usize]
    }
}

impl Index<PermanentId> for HeapImage {
    type Output = str;

    fn index(&self, id: PermanentId) -> &str {
        &self.permanents[id.0 as usize]
    }
}

/// Where in [`HeapImage::values`] the values of a table are: those of the sequence, then each key and its value,
/// then the metatable if it has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableSpan {
    /// The first of them.
    pub start: u32,
    /// How many are in the sequence.
    pub sequence: u32,
    /// How many other entries there are.
    pub entries: u32,
    /// Whether it has a metatable.
    pub has_metatable: bool,
}

/// A table.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    /// The values at the keys 1, 2, 3, …; none of them is nil.
    pub sequence: Sequence<'a>,
    /// All other entries, in the order of [`HeapImage::compare_keys`].
    pub entries: Entries<'a>,
    /// A table, a permanent, or nil.
    pub metatable: Value,
}

/// A closure, and where its upvalues begin in [`HeapImage::upvalues`]; there are as many as the prototype names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionSpan {
    /// What it was made of.
    pub prototype: PrototypeId,
    /// The first of its upvalues.
    pub start: u32,
}

/// A prototype, and where the parts of it are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrototypeSpan {
    /// See [`Prototype::chunk`].
    pub chunk: ChunkId,
    /// Where in [`HeapImage::places`] its place is.
    pub place: Range<u32>,
    /// See [`Prototype::fingerprint`].
    pub fingerprint: u64,
    /// See [`Prototype::line`].
    pub line: u32,
    /// See [`Prototype::last_line`].
    pub last_line: u32,
    /// Where in [`HeapImage::names`] its parameters are.
    pub parameters: Range<u32>,
    /// See [`Prototype::is_vararg`].
    pub is_vararg: bool,
    /// Where in [`HeapImage::names`] the names of its upvalues are.
    pub upvalue_names: Range<u32>,
}

/// What the compiler makes of one function in a chunk. Written into snapshots as it is here.
#[derive(Clone, Copy, Serialize)]
pub struct Prototype<'a> {
    /// The chunk.
    pub chunk: ChunkId,
    /// Its place in the tree of the chunk's functions: `[]` is the main function, `[0, 2]` the third
    /// function in its first function.
    pub place: &'a [u32],
    /// A hash of the compiled code, to notice where another Lua compiles the text to something else.
    pub fingerprint: u64,
    /// The line of its `function`, from 1; 0 for a main function.
    pub line: u32,
    /// The line of its `end`; 0 for a main function.
    pub last_line: u32,
    /// The names of its parameters.
    pub parameters: Names<'a>,
    /// Whether it takes `...`.
    pub is_vararg: bool,
    /// The names of its upvalues.
    pub upvalue_names: Names<'a>,
}

/// A source text. Written into snapshots as it is here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Chunk<'a> {
    /// As messages name it: `main.lua`.
    pub name: &'a str,
    /// The text.
    #[serde(with = "serde_bytes")]
    pub text: &'a [u8],
}

impl HeapImage {
    /// An image whose only root is an empty table.
    pub fn of_empty_table() -> HeapImage {
        let mut image = HeapImage::default();
        let table = image.add_table(&[], &[], Value::Nil);
        image.roots.push(Value::Table(table));
        image
    }

    /// Whether it is that.
    pub fn is_of_empty_table(&self) -> bool {
        *self == HeapImage::of_empty_table()
    }

    /// The only root, if it is a table.
    pub fn home(&self) -> Option<TableId> {
        match (self.roots.len(), self.roots.first()) {
            (1, Some(Value::Table(id))) => Some(id),
            _ => None,
        }
    }

    /// A table.
    #[inline]
    pub fn table(&self, id: TableId) -> Table<'_> {
        let span = self.tables[id.0 as usize];
        let (sequence, entries) = (span.sequence as usize, span.entries as usize);
        let start = span.start as usize;
        let metatable = if span.has_metatable { self.values.get(start + sequence + 2 * entries) } else { None };
        Table {
            sequence: self.values.sequence(start, sequence),
            entries: self.values.entries(start + sequence, entries),
            metatable: metatable.unwrap_or(Value::Nil),
        }
    }

    /// The prototype of a function.
    pub fn prototype_of(&self, id: FunctionId) -> Prototype<'_> {
        self.prototype(self[id].prototype)
    }

    /// The upvalues of a function.
    pub fn cells_of(&self, id: FunctionId) -> &[CellId] {
        let function = self[id];
        let start = function.start as usize;
        &self.upvalues[start..start + self.prototypes[function.prototype.0 as usize].upvalue_names.len()]
    }

    /// The value of an upvalue.
    pub fn cell(&self, id: CellId) -> Value {
        self.cells.get(id.0 as usize).unwrap_or(Value::Nil)
    }

    /// A prototype.
    pub fn prototype(&self, id: PrototypeId) -> Prototype<'_> {
        let span = &self.prototypes[id.0 as usize];
        Prototype {
            chunk: span.chunk,
            place: &self.places[span.place.start as usize..span.place.end as usize],
            fingerprint: span.fingerprint,
            line: span.line,
            last_line: span.last_line,
            parameters: self.names.slice(span.parameters.clone()),
            is_vararg: span.is_vararg,
            upvalue_names: self.names.slice(span.upvalue_names.clone()),
        }
    }

    /// A chunk.
    pub fn chunk(&self, id: ChunkId) -> Chunk<'_> {
        Chunk { name: &self.chunk_names[id.0 as usize], text: &self.chunk_texts[id.0 as usize] }
    }

    /// The number of values in tables and upvalues.
    pub fn value_count(&self) -> u64 {
        let in_tables: u64 = self.tables.iter().map(|table| u64::from(table.sequence) + u64::from(table.entries)).sum();
        in_tables + self.cells.len() as u64
    }

    /// All values in the image, each as often as it stands there.
    pub fn all_values(&self) -> impl Iterator<Item = Value> {
        self.roots.iter().chain(self.cells.iter()).chain(self.values.iter())
    }
}
