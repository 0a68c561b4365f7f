//! Tokens to images, from bytes that nobody vouches for.

use super::{DecodeError, Extent, Header, Token};
use crate::image::{
    CellId, Function, FunctionId, HeapImage, Opaque, PermanentId, PrototypeId, StringId, Table, TableId, Value,
};

/// An object whose content is being read, innermost last.
enum Open {
    Roots { left: u32 },
    Sequence { table: TableId, left: u32 },
    Entries { table: TableId, left: u32, key: Option<Value> },
    Metatable { table: TableId },
    Cells { function: FunctionId, left: u32 },
    Cell { cell: CellId },
}

/// A decoding under way.
pub(super) struct Decoder<'a> {
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
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, DecodeError> {
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
        image.chunks = header.chunks;
        image.prototypes = header.prototypes;
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

    pub(super) fn decode(mut self) -> Result<HeapImage, DecodeError> {
        while let Some(open) = self.open.pop() {
            match open {
                Open::Roots { left: 0 } | Open::Sequence { left: 0, .. } | Open::Cells { left: 0, .. } => {}
                Open::Entries { left: 0, key: None, .. } => {}
                Open::Cells { function, left } => {
                    self.open.push(Open::Cells { function, left: left - 1 });
                    let cell = self.cell()?;
                    self.image.functions[function.0 as usize].cells.push(cell);
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
                self.image.tables[table.0 as usize].sequence.push(value);
                *left -= 1;
                false
            }
            Open::Entries { table, left, key } => {
                match key.take() {
                    Some(key) => {
                        self.image.tables[table.0 as usize].entries.push((key, value));
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
                self.image.tables[table.0 as usize].metatable = value;
                true
            }
            Open::Cell { cell } => {
                self.image.cells[cell.0 as usize] = value;
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
        self.image.strings.push(bytes)
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
