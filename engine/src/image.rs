//! A part of Lua's heap as plain data: objects that refer to each other by index. Knows neither Lua nor
//! JavaScript. The VM is captured into an image, the codec writes it, and the inspector reads it.
//!
//! All values are packed into one allocation, and a table's contents are a range of them. An image therefore takes
//! less than ten times the bytes that it was decoded from, whoever wrote those.

mod build;
mod natives;
mod order;
mod strings;
mod value;
mod values;

use std::ops::{Index, Range};

use serde::Serialize;

pub use natives::{Frame, Native, NativeKind, NativeSpan};
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
    /// A string in an image.
    StringId;
    /// A table in an image.
    TableId;
    /// A closure in an image.
    FunctionId;
    /// A native object in an image.
    NativeId;
    /// An upvalue in an image: closures that share a local variable share its cell.
    CellId;
    /// A prototype in an image.
    PrototypeId;
    /// A chunk in an image.
    ChunkId;
    /// A permanent in an image.
    PermanentId;
}

/// The object graph that is reachable from some values.
///
/// Every id and every range in an image is valid: whoever creates an image guarantees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeapImage {
    /// Where the graph starts: `_home` alone, or the values that a chunk returned.
    pub roots: Values,
    /// The strings, each of them once.
    pub strings: Strings,
    /// The tables.
    pub tables: Vec<TableSpan>,
    /// The contents of the tables, and the slots of the native objects.
    pub values: Values,
    /// The functions written in Lua.
    pub functions: Vec<FunctionSpan>,
    /// The upvalues of the functions, and the cells of the native objects.
    pub upvalues: Vec<CellId>,
    /// Coroutines, and what else Lua's C code makes.
    pub natives: Vec<NativeSpan>,
    /// The numbers of the native objects.
    pub numbers: Vec<u32>,
    /// The values of the upvalues.
    pub cells: Values,
    /// The prototypes of the functions.
    pub prototypes: Vec<PrototypeSpan>,
    /// The paths of the prototypes in their chunks' trees of functions.
    pub proto_paths: Vec<u32>,
    /// The names of the prototypes' parameters and upvalues.
    pub names: Texts,
    /// The names of the chunks that the prototypes come from.
    pub chunk_names: Texts,
    /// The source texts of the chunks.
    pub chunk_texts: Strings,
    /// The paths of values that every VM has from the start, such as `string.format`.
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

/// Where a table's contents are in [`HeapImage::values`]: the values of the sequence, then each key with its value,
/// then the metatable if there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableSpan {
    /// The index of the first one.
    pub start: u32,
    /// The length of the sequence.
    pub sequence: u32,
    /// The number of other entries.
    pub entries: u32,
    /// Whether there is a metatable.
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

/// A closure, and where its upvalues begin in [`HeapImage::upvalues`]. It has as many as its prototype names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionSpan {
    /// Its prototype.
    pub prototype: PrototypeId,
    /// The index of its first upvalue.
    pub start: u32,
}

/// A prototype, with the ranges of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrototypeSpan {
    /// See [`Prototype::chunk`].
    pub chunk: ChunkId,
    /// Where its path is in [`HeapImage::proto_paths`].
    pub proto_path: Range<u32>,
    /// See [`Prototype::fingerprint`].
    pub fingerprint: u64,
    /// See [`Prototype::line`].
    pub line: u32,
    /// See [`Prototype::last_line`].
    pub last_line: u32,
    /// Where its parameters are in [`HeapImage::names`].
    pub parameters: Range<u32>,
    /// See [`Prototype::is_vararg`].
    pub is_vararg: bool,
    /// Where the names of its upvalues are in [`HeapImage::names`].
    pub upvalue_names: Range<u32>,
}

/// What the compiler makes of one function in a chunk. Snapshots contain exactly these fields, in this order.
#[derive(Clone, Copy, Serialize)]
pub struct Prototype<'a> {
    /// The chunk.
    pub chunk: ChunkId,
    /// Its path in the tree of the chunk's functions: `[]` is the main function, `[0, 2]` the third
    /// function inside the first function.
    pub proto_path: &'a [u32],
    /// A hash of the compiled code. It reveals that another version of Lua compiles the text differently.
    pub fingerprint: u64,
    /// The line of its `function` keyword, from 1; 0 for a main function.
    pub line: u32,
    /// The line of its `end` keyword; 0 for a main function.
    pub last_line: u32,
    /// The names of its parameters.
    pub parameters: Names<'a>,
    /// Whether its parameters end with `...`.
    pub is_vararg: bool,
    /// The names of its upvalues.
    pub upvalue_names: Names<'a>,
}

/// A source text. Snapshots contain exactly these fields, in this order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Chunk<'a> {
    /// The name that error messages use: `main.lua`.
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

    /// Whether its only root is an empty table and it holds nothing else.
    pub fn is_of_empty_table(&self) -> bool {
        *self == HeapImage::of_empty_table()
    }

    /// The root, if it is the only one and a table.
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
            proto_path: &self.proto_paths[span.proto_path.start as usize..span.proto_path.end as usize],
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

    /// The number of values in tables, upvalues and native objects.
    #[inline(never)]
    pub fn value_count(&self) -> u64 {
        let in_tables: u64 = self.tables.iter().map(|table| u64::from(table.sequence) + u64::from(table.entries)).sum();
        let in_natives: u64 = self.natives.iter().map(|native| u64::from(native.slots)).sum();
        in_tables + in_natives + self.cells.len() as u64
    }

    /// The bytes of all strings and source texts.
    pub fn byte_count(&self) -> usize {
        self.strings.byte_count() + self.chunk_texts.byte_count()
    }

    /// All values in the image; repeated values are repeated here too.
    pub fn all_values(&self) -> impl Iterator<Item = Value> {
        self.roots.iter().chain(self.cells.iter()).chain(self.values.iter())
    }
}
