//! Adding objects to an image.

use super::{CellId, Chunk, ChunkId, FunctionId, FunctionSpan, HeapImage, Prototype, PrototypeId, PrototypeSpan};
use super::{Names, PermanentId, TableId, TableSpan, Value};
use std::ops::Range;

impl HeapImage {
    /// Adds a table. Its entries must be sorted, see [`HeapImage::sort_entries`].
    pub fn add_table(&mut self, sequence: &[Value], entries: &[(Value, Value)], metatable: Value) -> TableId {
        let has_metatable = metatable != Value::Nil;
        self.tables.push(TableSpan {
            start: self.values.len() as u32,
            sequence: sequence.len() as u32,
            entries: entries.len() as u32,
            has_metatable,
        });
        self.values.extend(sequence.iter().copied());
        self.values.extend(entries.iter().flat_map(|(key, value)| [*key, *value]));
        self.values.extend(has_metatable.then_some(metatable));
        TableId(self.tables.len() as u32 - 1)
    }

    /// Adds a function with its upvalues; there must be as many as the prototype names.
    pub fn add_function(&mut self, prototype: PrototypeId, upvalues: &[CellId]) -> FunctionId {
        self.functions.push(FunctionSpan { prototype, start: self.upvalues.len() as u32 });
        self.upvalues.extend(upvalues);
        FunctionId(self.functions.len() as u32 - 1)
    }

    /// The functions that are made of a prototype.
    pub fn functions_of(&self, prototype: PrototypeId) -> impl Iterator<Item = FunctionId> {
        let numbered = (0..).map(FunctionId).zip(&self.functions);
        numbered.filter(move |(_, function)| function.prototype == prototype).map(|(id, _)| id)
    }

    /// Makes a function another one; there must be as many upvalues as the prototype names.
    pub fn replace_function(&mut self, id: FunctionId, prototype: PrototypeId, upvalues: &[CellId]) {
        self.functions[id.0 as usize] = FunctionSpan { prototype, start: self.upvalues.len() as u32 };
        self.upvalues.extend(upvalues);
    }

    /// Adds a cell.
    pub fn add_cell(&mut self, value: Value) -> CellId {
        self.cells.push(value);
        CellId(self.cells.len() as u32 - 1)
    }

    /// The permanent with a path, which is added if it is new.
    pub fn add_permanent(&mut self, path: &str) -> PermanentId {
        let known = self.permanents.all().iter().position(|known| known == path);
        let index = known.unwrap_or_else(|| {
            self.permanents.push(path);
            self.permanents.len() - 1
        });
        PermanentId(index as u32)
    }

    /// Adds a prototype.
    pub fn add_prototype(&mut self, prototype: Prototype) -> PrototypeId {
        let start = self.proto_paths.len() as u32;
        self.proto_paths.extend(prototype.proto_path);
        let parameters = self.add_names(prototype.parameters);
        let upvalue_names = self.add_names(prototype.upvalue_names);
        self.prototypes.push(PrototypeSpan {
            chunk: prototype.chunk,
            proto_path: start..self.proto_paths.len() as u32,
            fingerprint: prototype.fingerprint,
            line: prototype.line,
            last_line: prototype.last_line,
            parameters,
            is_vararg: prototype.is_vararg,
            upvalue_names,
        });
        PrototypeId(self.prototypes.len() as u32 - 1)
    }

    fn add_names(&mut self, names: Names) -> Range<u32> {
        let start = self.names.len() as u32;
        names.iter().for_each(|name| self.names.push(name));
        start..self.names.len() as u32
    }

    /// Adds a chunk.
    pub fn add_chunk(&mut self, chunk: Chunk) -> ChunkId {
        self.chunk_names.push(chunk.name);
        self.chunk_texts.push(chunk.text);
        ChunkId(self.chunk_texts.len() as u32 - 1)
    }
}
