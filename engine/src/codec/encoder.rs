//! Images to tokens: a preorder walk, with an explicit list of pending contents instead of recursion.

use std::ops::Range;

use super::{Extent, Header, NativeExtent, Token};
use crate::image::{
    CellId, ChunkId, FunctionId, FunctionSpan, HeapImage, NativeId, NativeSpan, Opaque, PermanentId, Prototype,
    PrototypeId, TableId, TableSpan, Value, Values,
};

/// Assigns numbers to the objects of one kind.
struct Numbers {
    known: Vec<u32>,
    next: u32,
}

/// The state of an object: how often it is referenced, or, from [`NUMBERED`] on, its number.
const NEVER: u32 = 0;
const ONCE: u32 = 1;
const OFTEN: u32 = 2;
const NUMBERED: u32 = 3;

/// How a reference to an object is written.
enum Occurrence {
    Only,
    First,
    Repeated(u32),
}

impl Numbers {
    fn new(count: usize) -> Numbers {
        Numbers { known: vec![NEVER; count], next: NUMBERED }
    }

    fn refer(&mut self, index: u32) {
        let known = &mut self.known[index as usize];
        *known = if *known == NEVER { ONCE } else { OFTEN };
    }

    fn occurrence(&mut self, index: u32) -> Occurrence {
        let known = &mut self.known[index as usize];
        match *known {
            ONCE => Occurrence::Only,
            NEVER | OFTEN => {
                *known = self.next;
                self.next += 1;
                Occurrence::First
            }
            number => Occurrence::Repeated(number - NUMBERED),
        }
    }
}

/// Numbers the items of a list in the header by their first use.
struct Numbering {
    assigned: Vec<Option<u32>>,
    order: Vec<u32>,
}

impl Numbering {
    fn new(count: usize) -> Numbering {
        Numbering { assigned: vec![None; count], order: Vec::new() }
    }

    fn number(&mut self, index: u32) -> u32 {
        *self.assigned[index as usize].get_or_insert_with(|| {
            self.order.push(index);
            self.order.len() as u32 - 1
        })
    }
}

/// The rest of an object that is still to be written: its indices in the image.
enum Pending {
    Values(Range<u32>),
    Upvalues(Range<u32>),
}

/// An encoding in progress.
pub(super) struct Encoder<'a> {
    image: &'a HeapImage,
    strings: Numbers,
    tables: Numbers,
    functions: Numbers,
    cells: Numbers,
    natives: Numbers,
    prototypes: Numbering,
    chunks: Numbering,
    permanents: Numbering,
    pending: Vec<Pending>,
    tokens: Vec<u8>,
}

impl<'a> Encoder<'a> {
    pub(super) fn new(image: &'a HeapImage) -> Self {
        let mut encoder = Encoder {
            image,
            strings: Numbers::new(image.strings.len()),
            tables: Numbers::new(image.tables.len()),
            functions: Numbers::new(image.functions.len()),
            cells: Numbers::new(image.cells.len()),
            natives: Numbers::new(image.natives.len()),
            prototypes: Numbering::new(image.prototypes.len()),
            chunks: Numbering::new(image.chunk_texts.len()),
            permanents: Numbering::new(image.permanents.len()),
            pending: Vec::new(),
            tokens: Vec::new(),
        };
        encoder.count_references();
        encoder
    }

    fn count_references(&mut self) {
        let image = self.image;
        image.all_values().for_each(|value| match value {
            Value::String(id) => self.strings.refer(id.0),
            Value::Table(id) => self.tables.refer(id.0),
            Value::Function(id) => self.functions.refer(id.0),
            Value::Native(id) => self.natives.refer(id.0),
            _ => {}
        });
        image.upvalues.iter().for_each(|cell| self.cells.refer(cell.0));
    }

    pub(super) fn encode(mut self, roots: &Values) -> Result<Vec<u8>, postcard::Error> {
        for root in roots.iter() {
            self.value(root)?;
            self.contents()?;
        }
        let header = self.header(roots.len());
        let mut bytes = postcard::to_stdvec(&header)?;
        bytes.append(&mut self.tokens);
        Ok(bytes)
    }

    /// Writes the contents of all pending objects, innermost first.
    fn contents(&mut self) -> Result<(), postcard::Error> {
        while let Some(pending) = self.pending.last_mut() {
            let is_upvalue = matches!(pending, Pending::Upvalues(_));
            let (Pending::Values(left) | Pending::Upvalues(left)) = pending;
            let index = left.start as usize;
            left.start += 1;
            if left.start == left.end {
                self.pending.pop();
            }
            if is_upvalue {
                self.cell(self.image.upvalues[index])?;
            } else if let Some(value) = self.image.values.get(index) {
                self.value(value)?;
            }
        }
        Ok(())
    }

    fn write(&mut self, token: Token) -> Result<(), postcard::Error> {
        postcard::to_io(&token, &mut self.tokens).map(|_| ())
    }

    fn cell(&mut self, id: CellId) -> Result<(), postcard::Error> {
        match self.cells.occurrence(id.0) {
            Occurrence::Repeated(number) => return self.write(Token::SameCell(number)),
            Occurrence::Only => self.write(Token::Cell)?,
            Occurrence::First => self.write(Token::NewCell)?,
        }
        self.value(self.image.cell(id))
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
                match self.strings.occurrence(id.0) {
                    Occurrence::Only => self.write(Token::String(bytes)),
                    Occurrence::First => self.write(Token::NewString(bytes)),
                    Occurrence::Repeated(number) => self.write(Token::SameString(number)),
                }
            }
            Value::Table(id) => self.table(id),
            Value::Function(id) => self.function(id),
            Value::Native(id) => self.native(id),
            Value::Permanent(id) => {
                let number = self.permanents.number(id.0);
                self.write(Token::Permanent(number))
            }
            Value::Opaque(kind) => self.write(match kind {
                Opaque::Coroutine
                | Opaque::MainCoroutine
                | Opaque::RunningCoroutine
                | Opaque::NativeCoroutine
                | Opaque::SourcelessCoroutine => Token::Coroutine,
                Opaque::Userdata => Token::Userdata,
                Opaque::NativeFunction => Token::NativeFunction,
                Opaque::SourcelessFunction | Opaque::LeftOut => Token::SourcelessFunction,
            }),
        }
    }

    fn table(&mut self, id: TableId) -> Result<(), postcard::Error> {
        let TableSpan { start, sequence, entries, has_metatable } = self.image.tables[id.0 as usize];
        let extent = Extent { sequence, entries, has_metatable };
        match self.tables.occurrence(id.0) {
            Occurrence::Repeated(number) => return self.write(Token::SameTable(number)),
            Occurrence::Only => self.write(Token::Table(extent))?,
            Occurrence::First => self.write(Token::NewTable(extent))?,
        }
        let values = start..start + extent.values() as u32;
        if !values.is_empty() {
            self.pending.push(Pending::Values(values));
        }
        Ok(())
    }

    fn function(&mut self, id: FunctionId) -> Result<(), postcard::Error> {
        let FunctionSpan { prototype, start } = self.image[id];
        let number = self.prototypes.number(prototype.0);
        match self.functions.occurrence(id.0) {
            Occurrence::Repeated(number) => return self.write(Token::SameFunction(number)),
            Occurrence::Only => self.write(Token::Function(number))?,
            Occurrence::First => self.write(Token::NewFunction(number))?,
        }
        let upvalues = start..start + self.image.cells_of(id).len() as u32;
        if !upvalues.is_empty() {
            self.pending.push(Pending::Upvalues(upvalues));
        }
        Ok(())
    }

    fn native(&mut self, id: NativeId) -> Result<(), postcard::Error> {
        let NativeSpan { kind, start, slots, cells_start, cells, .. } = self.image.natives[id.0 as usize];
        let numbers = self.image.native(id).numbers;
        let extent = NativeExtent { kind: kind as u32, slots, numbers: numbers.len() as u32, cells };
        match self.natives.occurrence(id.0) {
            Occurrence::Repeated(number) => return self.write(Token::SameNative(number)),
            Occurrence::Only => self.write(Token::Native(extent))?,
            Occurrence::First => self.write(Token::NewNative(extent))?,
        }
        for number in numbers {
            postcard::to_io(number, &mut self.tokens)?;
        }
        // The slots come first: what is pending last is written first.
        if cells > 0 {
            self.pending.push(Pending::Upvalues(cells_start..cells_start + cells));
        }
        if slots > 0 {
            self.pending.push(Pending::Values(start..start + slots));
        }
        Ok(())
    }

    fn header(&mut self, roots: usize) -> Header<'a> {
        let image = self.image;
        let chunks = &mut self.chunks;
        let prototypes = self.prototypes.order.iter().map(|id| {
            let prototype = image.prototype(PrototypeId(*id));
            Prototype { chunk: ChunkId(chunks.number(prototype.chunk.0)), ..prototype }
        });
        let prototypes = prototypes.collect();
        Header {
            chunks: self.chunks.order.iter().map(|id| image.chunk(ChunkId(*id))).collect(),
            prototypes,
            permanents: self.permanents.order.iter().map(|id| &image[PermanentId(*id)]).collect(),
            roots: roots as u32,
        }
    }
}
