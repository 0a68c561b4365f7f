//! Native objects: coroutines, and what else Lua's C code makes. What their numbers mean is in `codec/FORMAT.md`.

use super::{CellId, Chunk, FunctionId, HeapImage, NativeId, PrototypeId, Value};

/// How many numbers a coroutine has before those of its frames.
const HEAD: usize = 2;
/// How many numbers a frame has.
const FRAME: usize = 5;

/// The kinds of native objects. The format has their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NativeKind {
    /// A coroutine. Its slots are its stack.
    #[default]
    Coroutine,
    /// A function that `coroutine.wrap` made. Its slot is the coroutine.
    Wrap,
    /// An iterator of `string.gmatch`. Its slots are the text and the pattern.
    Matches,
}

impl NativeKind {
    /// The kind with a number of the format.
    pub fn new(number: u32) -> Option<NativeKind> {
        [NativeKind::Coroutine, NativeKind::Wrap, NativeKind::Matches].get(number as usize).copied()
    }
}

/// A native object, and where its parts are in the image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NativeSpan {
    /// What it is.
    pub kind: NativeKind,
    /// The index of its first slot in [`HeapImage::values`].
    pub start: u32,
    /// How many slots it has.
    pub slots: u32,
    /// The index of its first number in [`HeapImage::numbers`].
    pub numbers_start: u32,
    /// How many numbers it has.
    pub numbers: u32,
    /// The index of its first cell in [`HeapImage::upvalues`].
    pub cells_start: u32,
    /// How many cells it has.
    pub cells: u32,
}

impl NativeSpan {
    /// Whether an object of this kind can have as many parts. `frames` is its second number.
    pub fn is_well_formed(&self, frames: u32) -> bool {
        let (numbers, cells) = (u64::from(self.numbers), u64::from(self.cells));
        match self.kind {
            NativeKind::Coroutine => {
                numbers >= HEAD as u64 && HEAD as u64 + FRAME as u64 * u64::from(frames) + cells <= numbers
            }
            NativeKind::Wrap => (self.slots, numbers, cells) == (1, 0, 0),
            NativeKind::Matches => (self.slots, numbers, cells) == (2, 2, 0),
        }
    }
}

/// A native object.
#[derive(Clone, Copy)]
pub struct Native<'a> {
    /// What it is.
    pub kind: NativeKind,
    /// Its numbers.
    pub numbers: &'a [u32],
    /// Its cells, which are the values of the slots that the last numbers name.
    pub cells: &'a [CellId],
    start: usize,
    slots: usize,
    image: &'a HeapImage,
}

/// A call of a coroutine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The slot of its function, from 1.
    pub func: u32,
    /// The line where it is; 0 in a function that is not written in Lua.
    pub line: u32,
}

impl<'a> Native<'a> {
    /// How many slots it has.
    pub fn len(self) -> usize {
        self.slots
    }

    /// Whether it has no slots.
    pub fn is_empty(self) -> bool {
        self.slots == 0
    }

    /// The cell that each open slot is, with the slot, from 1.
    pub fn open(self) -> impl Iterator<Item = (u32, CellId)> + 'a {
        let slots = &self.numbers[self.numbers.len() - self.cells.len()..];
        slots.iter().copied().zip(self.cells.iter().copied())
    }

    /// The value in a slot, from 0.
    pub fn slot(self, index: usize) -> Option<Value> {
        let open = &self.numbers[self.numbers.len() - self.cells.len()..];
        match open.binary_search(&(index as u32 + 1)) {
            Ok(cell) => Some(self.image.cell(self.cells[cell])),
            Err(_) if index < self.slots => self.image.values.get(self.start + index),
            Err(_) => None,
        }
    }

    /// The values in all slots.
    pub fn iter(self) -> impl Iterator<Item = Value> + 'a {
        (0..self.slots).filter_map(move |index| self.slot(index))
    }

    /// The calls of a coroutine, the outermost first.
    pub fn frames(self) -> impl DoubleEndedIterator<Item = Frame> + 'a {
        let is_coroutine = self.kind == NativeKind::Coroutine;
        let count = if is_coroutine { self.numbers[1] as usize } else { 0 };
        let frames = if is_coroutine { &self.numbers[HEAD..HEAD + FRAME * count] } else { &[] };
        frames.as_chunks::<FRAME>().0.iter().map(|frame| Frame { func: frame[0], line: frame[FRAME - 1] })
    }

    /// The innermost function that is written in Lua and has source text: its chunk, and the line where it is.
    pub fn place(self) -> Option<(Chunk<'a>, u32)> {
        self.frames().rev().find_map(|frame| Some((self.image.chunk_of(self.function(frame)?), frame.line)))
    }

    /// The function of a call, if it is written in Lua.
    pub fn function(self, frame: Frame) -> Option<FunctionId> {
        match self.slot(frame.func.checked_sub(1)? as usize)? {
            Value::Function(id) => Some(id),
            _ => None,
        }
    }

    /// What it is, in a word or two.
    pub fn name(self) -> &'static str {
        if self.kind == NativeKind::Coroutine { "coroutine" } else { "built-in function" }
    }

    /// The state of a coroutine.
    pub fn status(self) -> &'static str {
        match self.numbers {
            [_, frames, ..] if *frames > 0 => "suspended",
            [0, ..] if self.slots > 0 => "not started",
            _ => "dead",
        }
    }
}

impl HeapImage {
    /// A native object.
    pub fn native(&self, id: NativeId) -> Native<'_> {
        let span = self.natives[id.0 as usize];
        let (numbers, cells) = (span.numbers_start as usize, span.cells_start as usize);
        Native {
            kind: span.kind,
            numbers: &self.numbers[numbers..numbers + span.numbers as usize],
            cells: &self.upvalues[cells..cells + span.cells as usize],
            start: span.start as usize,
            slots: span.slots as usize,
            image: self,
        }
    }

    /// Gives coroutines that are inside of functions of a prototype functions of their own, equal to those.
    pub fn separate_calls(&mut self, prototype: PrototypeId) {
        let mut calls = Vec::new();
        for (number, span) in self.natives.iter().enumerate() {
            let native = self.native(NativeId(number as u32));
            for frame in native.frames() {
                let function = native.function(frame).filter(|id| self[*id].prototype == prototype);
                calls.extend(function.map(|id| (span.start as usize + frame.func as usize - 1, id)));
            }
        }
        for (slot, id) in calls {
            let cells = self.cells_of(id).to_vec();
            let own = self.add_function(prototype, &cells);
            self.values.set(slot, Value::Function(own));
        }
    }

    /// The chunk of a function.
    pub fn chunk_of(&self, id: FunctionId) -> Chunk<'_> {
        self.chunk(self.prototype_of(id).chunk)
    }
}
