//! Images to bytes and back. FORMAT.md beside this file is the specification.
//!
//! The graph is written as one stream of tokens in preorder. An object stands where it is met first, so a
//! small change of a big graph changes few bytes, all in one place; only what is met again gets a number.

use serde::{Deserialize, Serialize};

use crate::image::{
    CellId, Chunk, ChunkId, Function, FunctionId, HeapImage, Opaque, PermanentId, Prototype, PrototypeId, StringId,
    Table, TableId, Value,
};

/// The version of the format that [`encode`] writes. [`decode`] reads this one.
pub const FORMAT_VERSION: u16 = 1;

/// Why bytes are not an image.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes end too early or are no token.
    #[error("damaged at byte {offset}: {reason}")]
    Damaged {
        /// Where, from the start of the bytes.
        offset: usize,
        /// What is wrong.
        reason: &'static str,
    },
}

/// What stands before the tokens.
#[derive(Serialize, Deserialize)]
struct Header {
    chunks: Vec<HeaderChunk>,
    prototypes: Vec<HeaderPrototype>,
    permanents: Vec<String>,
    roots: u32,
}

#[derive(Serialize, Deserialize)]
struct HeaderChunk {
    name: String,
    #[serde(with = "serde_bytes")]
    text: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct HeaderPrototype {
    chunk: u32,
    place: Vec<u32>,
    fingerprint: u64,
    line: u32,
    last_line: u32,
    parameters: Vec<String>,
    is_vararg: bool,
    upvalue_names: Vec<String>,
}

/// How much of a table follows its token.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Extent {
    sequence: u32,
    entries: u32,
    has_metatable: bool,
}

/// The order of the variants is part of the format.
#[derive(Serialize, Deserialize)]
enum Token<'a> {
    Nil,
    False,
    True,
    Integer(i64),
    Float(f64),
    String(#[serde(borrow, with = "serde_bytes")] &'a [u8]),
    NewString(#[serde(borrow, with = "serde_bytes")] &'a [u8]),
    SameString(u32),
    Table(Extent),
    NewTable(Extent),
    SameTable(u32),
    Function(u32),
    NewFunction(u32),
    SameFunction(u32),
    Permanent(u32),
    Coroutine,
    Userdata,
    NativeFunction,
    SourcelessFunction,
    Cell,
    NewCell,
    SameCell(u32),
}

/// Writes an image. Equal graphs give equal bytes, but for the order of entries whose keys are objects.
///
/// Fails only if memory runs out.
pub fn encode(image: &HeapImage) -> Result<Vec<u8>, postcard::Error> {
    Encoder::new(image).encode()
}

/// The numbers of one kind of object: how often each is referred to, and the number it got.
struct Numbers {
    references: Vec<u32>,
    given: Vec<Option<u32>>,
    next: u32,
}

/// How an object is to be written.
enum Mention {
    Only,
    First,
    Again(u32),
}

impl Numbers {
    fn new(count: usize) -> Numbers {
        Numbers { references: vec![0; count], given: vec![None; count], next: 0 }
    }

    fn refer(&mut self, index: u32) {
        self.references[index as usize] += 1;
    }

    fn mention(&mut self, index: u32) -> Mention {
        let given = &mut self.given[index as usize];
        if let Some(number) = given {
            return Mention::Again(*number);
        }
        if self.references[index as usize] == 1 {
            return Mention::Only;
        }
        *given = Some(self.next);
        self.next += 1;
        Mention::First
    }
}

/// The ids of a header's list, in the order of their first use.
struct Uses {
    given: Vec<Option<u32>>,
    order: Vec<u32>,
}

impl Uses {
    fn new(count: usize) -> Uses {
        Uses { given: vec![None; count], order: Vec::new() }
    }

    fn number(&mut self, index: u32) -> u32 {
        *self.given[index as usize].get_or_insert_with(|| {
            self.order.push(index);
            self.order.len() as u32 - 1
        })
    }
}

/// What is still to be written, innermost last.
enum Pending {
    Value(Value),
    Sequence(TableId, usize),
    Entries(TableId, usize),
    Cells(FunctionId, usize),
}

struct Encoder<'a> {
    image: &'a HeapImage,
    strings: Numbers,
    tables: Numbers,
    functions: Numbers,
    cells: Numbers,
    prototypes: Uses,
    chunks: Uses,
    permanents: Uses,
    pending: Vec<Pending>,
    tokens: Vec<u8>,
}

impl<'a> Encoder<'a> {
    fn new(image: &'a HeapImage) -> Self {
        let mut encoder = Encoder {
            image,
            strings: Numbers::new(image.strings.len()),
            tables: Numbers::new(image.tables.len()),
            functions: Numbers::new(image.functions.len()),
            cells: Numbers::new(image.cells.len()),
            prototypes: Uses::new(image.prototypes.len()),
            chunks: Uses::new(image.chunks.len()),
            permanents: Uses::new(image.permanents.len()),
            pending: Vec::new(),
            tokens: Vec::new(),
        };
        encoder.count_references();
        encoder
    }

    fn count_references(&mut self) {
        let image = self.image;
        let mut refer = |value: &Value| match value {
            Value::String(id) => self.strings.refer(id.0),
            Value::Table(id) => self.tables.refer(id.0),
            Value::Function(id) => self.functions.refer(id.0),
            _ => {}
        };
        image.roots.iter().chain(&image.cells).for_each(&mut refer);
        for table in &image.tables {
            table.sequence.iter().for_each(&mut refer);
            table.entries.iter().for_each(|(key, value)| {
                refer(key);
                refer(value);
            });
            refer(&table.metatable);
        }
        for function in &image.functions {
            function.cells.iter().for_each(|cell| self.cells.refer(cell.0));
        }
    }

    fn encode(mut self) -> Result<Vec<u8>, postcard::Error> {
        for root in &self.image.roots {
            self.pending.push(Pending::Value(*root));
            while let Some(pending) = self.pending.pop() {
                self.step(pending)?;
            }
        }
        let header = self.header();
        let mut bytes = postcard::to_stdvec(&header)?;
        bytes.append(&mut self.tokens);
        Ok(bytes)
    }

    fn step(&mut self, pending: Pending) -> Result<(), postcard::Error> {
        match pending {
            Pending::Value(value) => self.value(value)?,
            Pending::Sequence(id, index) => {
                if let Some(value) = self.image[id].sequence.get(index) {
                    self.pending.push(Pending::Sequence(id, index + 1));
                    self.value(*value)?;
                }
            }
            Pending::Entries(id, index) => {
                if let Some((key, value)) = self.image[id].entries.get(index) {
                    self.pending.push(Pending::Entries(id, index + 1));
                    self.pending.push(Pending::Value(*value));
                    self.value(*key)?;
                }
            }
            Pending::Cells(id, index) => {
                if let Some(cell) = self.image[id].cells.get(index) {
                    self.pending.push(Pending::Cells(id, index + 1));
                    self.cell(*cell)?;
                }
            }
        }
        Ok(())
    }

    fn write(&mut self, token: Token) -> Result<(), postcard::Error> {
        postcard::to_io(&token, &mut self.tokens).map(|_| ())
    }

    fn cell(&mut self, id: CellId) -> Result<(), postcard::Error> {
        match self.cells.mention(id.0) {
            Mention::Again(number) => return self.write(Token::SameCell(number)),
            Mention::Only => self.write(Token::Cell)?,
            Mention::First => self.write(Token::NewCell)?,
        }
        self.pending.push(Pending::Value(self.image[id]));
        Ok(())
    }

    fn value(&mut self, value: Value) -> Result<(), postcard::Error> {
        match value {
            Value::Nil => self.write(Token::Nil),
            Value::Boolean(false) => self.write(Token::False),
            Value::Boolean(true) => self.write(Token::True),
            Value::Integer(integer) => self.write(Token::Integer(integer)),
            Value::Float(float) => self.write(Token::Float(float)),
            Value::String(id) => {
                let bytes = &self.image[id];
                match self.strings.mention(id.0) {
                    Mention::Only => self.write(Token::String(bytes)),
                    Mention::First => self.write(Token::NewString(bytes)),
                    Mention::Again(number) => self.write(Token::SameString(number)),
                }
            }
            Value::Table(id) => self.table(id),
            Value::Function(id) => self.function(id),
            Value::Permanent(id) => {
                let number = self.permanents.number(id.0);
                self.write(Token::Permanent(number))
            }
            Value::Opaque(kind) => self.write(match kind {
                Opaque::Coroutine => Token::Coroutine,
                Opaque::Userdata => Token::Userdata,
                Opaque::NativeFunction => Token::NativeFunction,
                Opaque::SourcelessFunction => Token::SourcelessFunction,
            }),
        }
    }

    fn table(&mut self, id: TableId) -> Result<(), postcard::Error> {
        let table = &self.image[id];
        let extent = Extent {
            sequence: table.sequence.len() as u32,
            entries: table.entries.len() as u32,
            has_metatable: table.metatable != Value::Nil,
        };
        match self.tables.mention(id.0) {
            Mention::Again(number) => return self.write(Token::SameTable(number)),
            Mention::Only => self.write(Token::Table(extent))?,
            Mention::First => self.write(Token::NewTable(extent))?,
        }
        if extent.has_metatable {
            self.pending.push(Pending::Value(table.metatable));
        }
        self.pending.push(Pending::Entries(id, 0));
        self.pending.push(Pending::Sequence(id, 0));
        Ok(())
    }

    fn function(&mut self, id: FunctionId) -> Result<(), postcard::Error> {
        let number = self.prototypes.number(self.image[id].prototype.0);
        match self.functions.mention(id.0) {
            Mention::Again(number) => return self.write(Token::SameFunction(number)),
            Mention::Only => self.write(Token::Function(number))?,
            Mention::First => self.write(Token::NewFunction(number))?,
        }
        self.pending.push(Pending::Cells(id, 0));
        Ok(())
    }

    fn header(&mut self) -> Header {
        let image = self.image;
        let prototypes = self
            .prototypes
            .order
            .iter()
            .map(|id| {
                let prototype = image[PrototypeId(*id)].clone();
                HeaderPrototype {
                    chunk: self.chunks.number(prototype.chunk.0),
                    place: prototype.place,
                    fingerprint: prototype.fingerprint,
                    line: prototype.line,
                    last_line: prototype.last_line,
                    parameters: prototype.parameters,
                    is_vararg: prototype.is_vararg,
                    upvalue_names: prototype.upvalue_names,
                }
            })
            .collect();
        let chunk = |id: &u32| {
            let chunk = &image[ChunkId(*id)];
            HeaderChunk { name: chunk.name.clone(), text: chunk.text.to_vec() }
        };
        Header {
            chunks: self.chunks.order.iter().map(chunk).collect(),
            prototypes,
            permanents: self.permanents.order.iter().map(|id| image[PermanentId(*id)].clone()).collect(),
            roots: image.roots.len() as u32,
        }
    }
}

/// Reads an image. Checks all that restoring relies on: every id is in range, no key is nil or NaN, every
/// function has as many upvalues as its prototype. Takes memory in proportion to the bytes given.
pub fn decode(bytes: &[u8]) -> Result<HeapImage, DecodeError> {
    Decoder::new(bytes)?.decode()
}

/// An object whose content is being read, innermost last.
enum Open {
    Roots { left: u32 },
    Sequence { table: TableId, left: u32 },
    Entries { table: TableId, left: u32, key: Option<Value> },
    Metatable { table: TableId },
    Cells { function: FunctionId, left: u32 },
    Cell { cell: CellId },
}

struct Decoder<'a> {
    bytes: &'a [u8],
    rest: &'a [u8],
    image: HeapImage,
    strings: Vec<StringId>,
    tables: Vec<TableId>,
    functions: Vec<FunctionId>,
    cells: Vec<CellId>,
    open: Vec<Open>,
    /// How many values are still announced. Each takes at least a byte, so there can not be more of them
    /// than bytes: that bounds what lying lengths can make us allocate.
    announced: usize,
}

impl<'a> Decoder<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let (header, rest): (Header, _) =
            postcard::take_from_bytes(bytes).map_err(|_| DecodeError::Damaged { offset: 0, reason: "not a header" })?;
        let mut decoder = Decoder {
            bytes,
            rest,
            image: HeapImage::default(),
            strings: Vec::new(),
            tables: Vec::new(),
            functions: Vec::new(),
            cells: Vec::new(),
            open: Vec::new(),
            announced: 0,
        };
        decoder.announce(header.roots)?;
        decoder.open.push(Open::Roots { left: header.roots });
        let image = &mut decoder.image;
        image.permanents = header.permanents;
        image.chunks = header
            .chunks
            .into_iter()
            .map(|chunk| Chunk { name: chunk.name, text: chunk.text.into_boxed_slice() })
            .collect();
        image.prototypes = header
            .prototypes
            .into_iter()
            .map(|prototype| Prototype {
                chunk: ChunkId(prototype.chunk),
                place: prototype.place,
                fingerprint: prototype.fingerprint,
                line: prototype.line,
                last_line: prototype.last_line,
                parameters: prototype.parameters,
                is_vararg: prototype.is_vararg,
                upvalue_names: prototype.upvalue_names,
            })
            .collect();
        let chunks = image.chunks.len();
        if image.prototypes.iter().any(|prototype| prototype.chunk.0 as usize >= chunks) {
            return Err(decoder.damaged("a function of a chunk that is not there"));
        }
        Ok(decoder)
    }

    fn damaged(&self, reason: &'static str) -> DecodeError {
        DecodeError::Damaged { offset: self.bytes.len() - self.rest.len(), reason }
    }

    fn announce(&mut self, values: u32) -> Result<(), DecodeError> {
        self.announced = self.announced.saturating_add(values as usize);
        if self.announced > self.rest.len() {
            return Err(self.damaged("more values announced than there are bytes"));
        }
        Ok(())
    }

    fn decode(mut self) -> Result<HeapImage, DecodeError> {
        while let Some(open) = self.open.pop() {
            match open {
                Open::Roots { left: 0 } | Open::Sequence { left: 0, .. } | Open::Cells { left: 0, .. } => {}
                Open::Entries { left: 0, key: None, .. } => {}
                Open::Cells { function, left } => {
                    self.open.push(Open::Cells { function, left: left - 1 });
                    let cell = self.cell()?;
                    self.image[function].cells.push(cell);
                }
                open => {
                    let value = self.reserve(open)?;
                    self.place(value)?;
                }
            }
        }
        if !self.rest.is_empty() {
            return Err(self.damaged("bytes after the end"));
        }
        Ok(self.image)
    }

    /// Puts the object back that a value is being read for, and reads the value, whose own content then
    /// lies on top of it. The value belongs to the object below.
    fn reserve(&mut self, open: Open) -> Result<(Value, usize), DecodeError> {
        self.open.push(open);
        let owner = self.open.len() - 1;
        Ok((self.value()?, owner))
    }

    /// Puts a value where it belongs: into the object at this depth.
    fn place(&mut self, (value, owner): (Value, usize)) -> Result<(), DecodeError> {
        let is_complete = match &mut self.open[owner] {
            Open::Roots { left } => {
                self.image.roots.push(value);
                *left -= 1;
                false
            }
            Open::Sequence { table, left } => {
                if value == Value::Nil {
                    return Err(self.damaged("nil in a sequence"));
                }
                self.image[*table].sequence.push(value);
                *left -= 1;
                false
            }
            Open::Entries { table, left, key } => {
                match key.take() {
                    Some(key) => {
                        self.image[*table].entries.push((key, value));
                        *left -= 1;
                    }
                    None => {
                        if matches!(value, Value::Nil) || matches!(value, Value::Float(float) if float.is_nan()) {
                            return Err(self.damaged("nil or NaN as a key"));
                        }
                        *key = Some(value);
                    }
                }
                false
            }
            Open::Metatable { table } => {
                if !matches!(value, Value::Table(_) | Value::Permanent(_)) {
                    return Err(self.damaged("a metatable that is no table"));
                }
                self.image[*table].metatable = value;
                true
            }
            Open::Cell { cell } => {
                self.image[*cell] = value;
                true
            }
            Open::Cells { .. } => return Err(self.damaged("a value in the place of an upvalue")),
        };
        if is_complete {
            self.open.remove(owner);
        }
        Ok(())
    }

    fn token(&mut self) -> Result<Token<'a>, DecodeError> {
        let (token, rest) = postcard::take_from_bytes(self.rest).map_err(|_| self.damaged("not a token"))?;
        self.rest = rest;
        self.announced = self.announced.saturating_sub(1);
        Ok(token)
    }

    fn value(&mut self) -> Result<Value, DecodeError> {
        Ok(match self.token()? {
            Token::Nil => Value::Nil,
            Token::False => Value::Boolean(false),
            Token::True => Value::Boolean(true),
            Token::Integer(integer) => Value::Integer(integer),
            Token::Float(float) => Value::Float(float),
            Token::String(bytes) => Value::String(self.string(bytes)),
            Token::NewString(bytes) => {
                let id = self.string(bytes);
                self.strings.push(id);
                Value::String(id)
            }
            Token::SameString(number) => Value::String(self.same(&self.strings, number)?),
            Token::Table(extent) => Value::Table(self.table(extent)?),
            Token::NewTable(extent) => {
                self.tables.push(TableId(self.image.tables.len() as u32));
                Value::Table(self.table(extent)?)
            }
            Token::SameTable(number) => Value::Table(self.same(&self.tables, number)?),
            Token::Function(prototype) => Value::Function(self.function(prototype)?),
            Token::NewFunction(prototype) => {
                self.functions.push(FunctionId(self.image.functions.len() as u32));
                Value::Function(self.function(prototype)?)
            }
            Token::SameFunction(number) => Value::Function(self.same(&self.functions, number)?),
            Token::Permanent(number) if (number as usize) < self.image.permanents.len() => {
                Value::Permanent(PermanentId(number))
            }
            Token::Permanent(_) => return Err(self.damaged("a permanent that is not there")),
            Token::Coroutine => Value::Opaque(Opaque::Coroutine),
            Token::Userdata => Value::Opaque(Opaque::Userdata),
            Token::NativeFunction => Value::Opaque(Opaque::NativeFunction),
            Token::SourcelessFunction => Value::Opaque(Opaque::SourcelessFunction),
            Token::Cell | Token::NewCell | Token::SameCell(_) => {
                return Err(self.damaged("an upvalue in the place of a value"));
            }
        })
    }

    fn same<Id: Copy>(&self, known: &[Id], number: u32) -> Result<Id, DecodeError> {
        known.get(number as usize).copied().ok_or_else(|| self.damaged("a reference to what has not been met"))
    }

    fn string(&mut self, bytes: &[u8]) -> StringId {
        self.image.strings.push(bytes.into());
        StringId(self.image.strings.len() as u32 - 1)
    }

    fn table(&mut self, extent: Extent) -> Result<TableId, DecodeError> {
        self.announce(extent.sequence)?;
        self.announce(extent.entries)?;
        self.announce(extent.entries)?;
        self.announce(u32::from(extent.has_metatable))?;
        let table = TableId(self.image.tables.len() as u32);
        self.image.tables.push(Table {
            sequence: Vec::with_capacity(extent.sequence as usize),
            entries: Vec::with_capacity(extent.entries as usize),
            metatable: Value::Nil,
        });
        if extent.has_metatable {
            self.open.push(Open::Metatable { table });
        }
        self.open.push(Open::Entries { table, left: extent.entries, key: None });
        self.open.push(Open::Sequence { table, left: extent.sequence });
        Ok(table)
    }

    fn function(&mut self, prototype: u32) -> Result<FunctionId, DecodeError> {
        let Some(upvalues) = self.image.prototypes.get(prototype as usize).map(|found| found.upvalue_names.len())
        else {
            return Err(self.damaged("a function that is not in the header"));
        };
        self.announce(upvalues as u32)?;
        let function = FunctionId(self.image.functions.len() as u32);
        self.image.functions.push(Function { prototype: PrototypeId(prototype), cells: Vec::with_capacity(upvalues) });
        self.open.push(Open::Cells { function, left: upvalues as u32 });
        Ok(function)
    }

    fn cell(&mut self) -> Result<CellId, DecodeError> {
        let next = CellId(self.image.cells.len() as u32);
        match self.token()? {
            Token::SameCell(number) => return self.same(&self.cells, number),
            Token::NewCell => self.cells.push(next),
            Token::Cell => {}
            _ => return Err(self.damaged("a value in the place of an upvalue")),
        }
        self.announce(1)?;
        self.image.cells.push(Value::Nil);
        self.open.push(Open::Cell { cell: next });
        Ok(next)
    }
}
