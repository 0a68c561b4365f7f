//! Tokens to images: the second of two passes. The first one has checked the bytes and counted what must be
//! allocated.

use std::ops::Range;

use super::check::{Counts, Numbers};
use super::reader::Reader;
use super::{DecodeError, Extent, NativeExtent, Token};
use crate::image::{
    CellId, ChunkId, FunctionId, FunctionSpan, HeapImage, NativeId, NativeKind, NativeSpan, Opaque, PermanentId,
    PrototypeId, PrototypeSpan, StringId, Strings, TableId, TableSpan, Texts, Value, Values,
};

/// The rest of an object that is still to be read: its indices in the image.
enum Open {
    Values(Range<u32>),
    Upvalues(Range<u32>),
}

/// A decoding in progress.
pub(super) struct Decoder<'a> {
    reader: Reader<'a>,
    image: HeapImage,
    /// The strings that are referenced again.
    strings: Vec<StringId>,
    tables: Numbers,
    functions: Numbers,
    cells: Numbers,
    natives: Numbers,
    /// The first of the image's values that belongs to no object yet.
    next_value: u32,
    /// The first of the image's upvalues that belongs to no object yet.
    next_upvalue: u32,
    open: Vec<Open>,
}

impl<'a> Decoder<'a> {
    /// `counts` must come from a check of the same bytes.
    pub(super) fn new(bytes: &'a [u8], counts: &Counts) -> Self {
        // Shared objects have the numbers that the tokens assign; single objects follow after them.
        let after_shared = |counted: Numbers| Numbers { shared: 0, single: counted.shared };
        let no_function = FunctionSpan { prototype: PrototypeId(0), start: 0 };
        let image = HeapImage {
            strings: Strings::with_capacity(counts.strings.count(), counts.string_bytes),
            tables: vec![TableSpan::default(); counts.tables.count()],
            values: Values::nils(counts.values),
            functions: vec![no_function; counts.functions.count()],
            upvalues: vec![CellId(0); counts.upvalues],
            cells: Values::nils(counts.cells.count()),
            natives: vec![NativeSpan::default(); counts.natives.count()],
            numbers: Vec::with_capacity(counts.native_numbers),
            proto_paths: Vec::with_capacity(counts.proto_path_steps),
            names: Texts::with_capacity(counts.names),
            ..HeapImage::default()
        };
        Decoder {
            reader: Reader::new(bytes),
            image,
            strings: Vec::with_capacity(counts.strings.shared as usize),
            tables: after_shared(counts.tables),
            functions: after_shared(counts.functions),
            cells: after_shared(counts.cells),
            natives: after_shared(counts.natives),
            next_value: 0,
            next_upvalue: 0,
            open: Vec::with_capacity(counts.depth),
        }
    }

    pub(super) fn decode(mut self) -> Result<HeapImage, DecodeError> {
        self.chunks()?;
        self.prototypes()?;
        let permanents = self.reader.list(1)?;
        self.image.permanents = Texts::with_capacity(permanents as usize);
        for _ in 0..permanents {
            self.image.permanents.push(self.reader.header()?);
        }
        let roots: u32 = self.reader.header()?;
        self.image.roots = Values::nils(roots as usize);
        for index in 0..roots as usize {
            let root = self.value()?;
            self.image.roots.set(index, root);
            self.contents()?;
        }
        Ok(self.image)
    }

    fn chunks(&mut self) -> Result<(), DecodeError> {
        let count = self.reader.list(2)?;
        self.image.chunk_names = Texts::with_capacity(count as usize);
        self.image.chunk_texts = Strings::with_capacity(count as usize, 0);
        for _ in 0..count {
            self.image.chunk_names.push(self.reader.header()?);
            self.image.chunk_texts.push(self.reader.header()?);
        }
        Ok(())
    }

    fn prototypes(&mut self) -> Result<(), DecodeError> {
        let count = self.reader.list(8)?;
        self.image.prototypes.reserve_exact(count as usize);
        for _ in 0..count {
            let prototype = PrototypeSpan {
                chunk: ChunkId(self.reader.header()?),
                proto_path: self.proto_path()?,
                fingerprint: self.reader.header()?,
                line: self.reader.header()?,
                last_line: self.reader.header()?,
                parameters: self.names()?,
                is_vararg: self.reader.header()?,
                upvalue_names: self.names()?,
            };
            self.image.prototypes.push(prototype);
        }
        Ok(())
    }

    fn proto_path(&mut self) -> Result<Range<u32>, DecodeError> {
        let start = self.image.proto_paths.len() as u32;
        let count = self.reader.list(1)?;
        for _ in 0..count {
            self.image.proto_paths.push(self.reader.header()?);
        }
        Ok(start..start + count)
    }

    fn names(&mut self) -> Result<Range<u32>, DecodeError> {
        let start = self.image.names.len() as u32;
        let count = self.reader.list(1)?;
        for _ in 0..count {
            self.image.names.push(self.reader.header()?);
        }
        Ok(start..start + count)
    }

    /// Reads the contents of all open objects, innermost first.
    fn contents(&mut self) -> Result<(), DecodeError> {
        while let Some(open) = self.open.last_mut() {
            let is_upvalue = matches!(open, Open::Upvalues(_));
            let (Open::Values(left) | Open::Upvalues(left)) = open;
            let index = left.start as usize;
            left.start += 1;
            // Close an object before its last value is read, so that a chain of objects needs no memory.
            if left.start == left.end {
                self.open.pop();
            }
            if is_upvalue {
                self.image.upvalues[index] = self.cell()?;
            } else {
                let value = self.value()?;
                self.image.values.set(index, value);
            }
        }
        Ok(())
    }

    fn value(&mut self) -> Result<Value, DecodeError> {
        Ok(match self.reader.token()? {
            Token::Nil => Value::Nil,
            Token::False => Value::Boolean(false),
            Token::True => Value::Boolean(true),
            Token::Integer(integer) => Value::Integer(integer),
            Token::Float(float) => Value::Float(float),
            Token::String(bytes) => Value::String(self.image.strings.push(bytes)),
            Token::NewString(bytes) => {
                let id = self.image.strings.push(bytes);
                self.strings.push(id);
                Value::String(id)
            }
            Token::SameString(number) => Value::String(self.strings[number as usize]),
            Token::Table(extent) => Value::Table(self.table(extent, false)),
            Token::NewTable(extent) => Value::Table(self.table(extent, true)),
            Token::SameTable(number) => Value::Table(TableId(number)),
            Token::Function(prototype) => Value::Function(self.function(prototype, false)),
            Token::NewFunction(prototype) => Value::Function(self.function(prototype, true)),
            Token::SameFunction(number) => Value::Function(FunctionId(number)),
            Token::Native(extent) => Value::Native(self.native(extent, false)?),
            Token::NewNative(extent) => Value::Native(self.native(extent, true)?),
            Token::SameNative(number) => Value::Native(NativeId(number)),
            Token::Permanent(number) => Value::Permanent(PermanentId(number)),
            Token::Coroutine => Value::Opaque(Opaque::Coroutine),
            Token::Userdata => Value::Opaque(Opaque::Userdata),
            Token::NativeFunction => Value::Opaque(Opaque::NativeFunction),
            Token::SourcelessFunction => Value::Opaque(Opaque::SourcelessFunction),
            Token::Cell | Token::NewCell | Token::SameCell(_) => return Err(self.unchecked()),
        })
    }

    /// The error for bytes that the check must have refused.
    fn unchecked(&self) -> DecodeError {
        self.reader.damaged("a token in the wrong place")
    }

    fn table(&mut self, extent: Extent, is_shared: bool) -> TableId {
        let id = self.tables.next(is_shared);
        let Extent { sequence, entries, has_metatable } = extent;
        let start = self.next_value;
        self.next_value += extent.values() as u32;
        self.image.tables[id as usize] = TableSpan { start, sequence, entries, has_metatable };
        if start < self.next_value {
            self.open.push(Open::Values(start..self.next_value));
        }
        TableId(id)
    }

    fn function(&mut self, prototype: u32, is_shared: bool) -> FunctionId {
        let id = self.functions.next(is_shared);
        let start = self.next_upvalue;
        self.next_upvalue += self.image.prototypes[prototype as usize].upvalue_names.len() as u32;
        self.image.functions[id as usize] = FunctionSpan { prototype: PrototypeId(prototype), start };
        if start < self.next_upvalue {
            self.open.push(Open::Upvalues(start..self.next_upvalue));
        }
        FunctionId(id)
    }

    fn native(&mut self, extent: NativeExtent, is_shared: bool) -> Result<NativeId, DecodeError> {
        let NativeExtent { kind, slots, numbers, cells } = extent;
        let id = self.natives.next(is_shared);
        self.image.natives[id as usize] = NativeSpan {
            kind: NativeKind::new(kind).unwrap_or_default(),
            start: self.next_value,
            slots,
            numbers_start: self.image.numbers.len() as u32,
            numbers,
            cells_start: self.next_upvalue,
            cells,
        };
        for _ in 0..numbers {
            let number = self.reader.number()?;
            self.image.numbers.push(number);
        }
        self.next_value += slots;
        self.next_upvalue += cells;
        // The slots come first: what was opened last is read first.
        if cells > 0 {
            self.open.push(Open::Upvalues(self.next_upvalue - cells..self.next_upvalue));
        }
        if slots > 0 {
            self.open.push(Open::Values(self.next_value - slots..self.next_value));
        }
        Ok(NativeId(id))
    }

    fn cell(&mut self) -> Result<CellId, DecodeError> {
        let is_shared = match self.reader.token()? {
            Token::SameCell(number) => return Ok(CellId(number)),
            Token::NewCell => true,
            Token::Cell => false,
            _ => return Err(self.unchecked()),
        };
        let id = self.cells.next(is_shared);
        let value = self.value()?;
        self.image.cells.set(id as usize, value);
        Ok(CellId(id))
    }
}
