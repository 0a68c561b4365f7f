//! Images to tokens: a walk in preorder, with a list of what is still to be written in the place of a stack.

use super::{Extent, Header, Token};
use crate::image::{
    CellId, ChunkId, FunctionId, HeapImage, Opaque, PermanentId, Prototype, PrototypeId, TableId, Value,
};

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

/// An encoding under way.
pub(super) struct Encoder<'a> {
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
    pub(super) fn new(image: &'a HeapImage) -> Self {
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
        for value in image.values() {
            match value {
                Value::String(id) => self.strings.refer(id.0),
                Value::Table(id) => self.tables.refer(id.0),
                Value::Function(id) => self.functions.refer(id.0),
                _ => {}
            }
        }
        for function in &image.functions {
            function.cells.iter().for_each(|cell| self.cells.refer(cell.0));
        }
    }

    pub(super) fn encode(mut self, roots: &[Value]) -> Result<Vec<u8>, postcard::Error> {
        for root in roots {
            self.pending.push(Pending::Value(*root));
            while let Some(pending) = self.pending.pop() {
                self.step(pending)?;
            }
        }
        let header = self.header(roots.len());
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

    fn header(&mut self, roots: usize) -> Header {
        let image = self.image;
        let chunks = &mut self.chunks;
        let prototypes = self.prototypes.order.iter().map(|id| {
            let prototype = &image[PrototypeId(*id)];
            Prototype { chunk: ChunkId(chunks.number(prototype.chunk.0)), ..prototype.clone() }
        });
        let prototypes = prototypes.collect();
        Header {
            chunks: self.chunks.order.iter().map(|id| image[ChunkId(*id)].clone()).collect(),
            prototypes,
            permanents: self.permanents.order.iter().map(|id| image[PermanentId(*id)].clone()).collect(),
            roots: roots as u32,
        }
    }
}
