//! Checks whether bytes are an image and counts what is in it: the first of two passes.

use super::reader::Reader;
use super::{DecodeError, Extent, NativeExtent, Token};
use crate::image::{NativeKind, NativeSpan};

/// Numbers for the objects of one kind. Shared objects come first, as the tokens number them.
#[derive(Clone, Copy, Default)]
pub(super) struct Numbers {
    pub(super) shared: u32,
    pub(super) single: u32,
}

impl Numbers {
    /// The next number for an object that is shared, or not.
    pub(super) fn next(&mut self, is_shared: bool) -> u32 {
        let next = if is_shared { &mut self.shared } else { &mut self.single };
        *next += 1;
        *next - 1
    }

    pub(super) fn count(self) -> usize {
        self.shared as usize + self.single as usize
    }
}

/// How much is in an image.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) proto_path_steps: usize,
    pub(super) names: usize,
    pub(super) strings: Numbers,
    pub(super) string_bytes: usize,
    pub(super) tables: Numbers,
    /// Keys and values in tables, and slots of native objects.
    pub(super) values: usize,
    pub(super) functions: Numbers,
    pub(super) upvalues: usize,
    pub(super) cells: Numbers,
    pub(super) natives: Numbers,
    pub(super) native_numbers: usize,
    /// The most objects that are open at the same time.
    pub(super) depth: usize,
}

/// What is still to come in an object.
#[derive(Clone, Copy)]
enum Open {
    Roots(u32),
    Table { sequence: u32, keys_and_values: u32, has_metatable: bool },
    Cells(u32),
    Slots(u32),
}

/// What a value is for.
#[derive(PartialEq, Eq)]
enum Role {
    Item,
    Key,
    Metatable,
    Cell,
    Other,
}

impl Open {
    /// Takes one off.
    fn take(&mut self) -> Role {
        match self {
            Open::Table { sequence: left @ 1.., .. } => {
                *left -= 1;
                Role::Item
            }
            Open::Table { keys_and_values: left @ 1.., .. } => {
                *left -= 1;
                if *left % 2 == 1 { Role::Key } else { Role::Other }
            }
            Open::Table { has_metatable, .. } => {
                *has_metatable = false;
                Role::Metatable
            }
            Open::Cells(left) => {
                *left -= 1;
                Role::Cell
            }
            Open::Roots(left) | Open::Slots(left) => {
                *left -= 1;
                Role::Other
            }
        }
    }

    fn is_complete(&self) -> bool {
        matches!(
            self,
            Open::Roots(0)
                | Open::Cells(0)
                | Open::Slots(0)
                | Open::Table { sequence: 0, keys_and_values: 0, has_metatable: false }
        )
    }
}

/// A check in progress.
pub(super) struct Check<'a> {
    reader: Reader<'a>,
    counts: Counts,
    permanents: u32,
    /// The number of upvalues of each prototype.
    upvalues: Vec<u32>,
    open: Vec<Open>,
    /// How many announced values are still to come. Each takes at least one byte, so there cannot be more of them than
    /// bytes: that bounds what false lengths can make us allocate.
    announced: u64,
}

impl<'a> Check<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Check {
            reader: Reader::new(bytes),
            counts: Counts::default(),
            permanents: 0,
            upvalues: Vec::new(),
            open: Vec::new(),
            announced: 0,
        }
    }

    pub(super) fn check(mut self) -> Result<Counts, DecodeError> {
        if u32::try_from(self.reader.left()).is_err() {
            return Err(self.reader.damaged("longer than 4 GiB"));
        }
        self.header()?;
        while let Some(open) = self.open.last_mut() {
            let role = open.take();
            // An object is closed before its last value is read, so that a chain of objects needs no memory.
            if open.is_complete() {
                self.open.pop();
            }
            if role != Role::Cell || self.cell()? {
                self.value(role)?;
            }
        }
        if self.reader.left() > 0 {
            return Err(self.reader.damaged("bytes after the end"));
        }
        Ok(self.counts)
    }

    fn header(&mut self) -> Result<(), DecodeError> {
        let chunks = self.reader.list(2)?;
        for _ in 0..chunks {
            self.reader.header::<(&str, &[u8])>()?;
        }
        let prototypes = self.reader.list(8)?;
        self.upvalues.reserve_exact(prototypes as usize);
        for _ in 0..prototypes {
            self.prototype(chunks)?;
        }
        self.permanents = self.reader.list(1)?;
        for _ in 0..self.permanents {
            self.reader.header::<&str>()?;
        }
        let roots = self.reader.header()?;
        self.announce(u64::from(roots))?;
        self.open(Open::Roots(roots));
        Ok(())
    }

    fn prototype(&mut self, chunks: u32) -> Result<(), DecodeError> {
        if self.reader.header::<u32>()? >= chunks {
            return Err(self.reader.damaged("a function of a chunk that does not exist"));
        }
        let steps = self.reader.list(1)?;
        for _ in 0..steps {
            self.reader.header::<u32>()?;
        }
        self.counts.proto_path_steps += steps as usize;
        self.reader.header::<(u64, u32, u32)>()?;
        self.names()?;
        self.reader.header::<bool>()?;
        let upvalues = self.names()?;
        self.upvalues.push(upvalues);
        Ok(())
    }

    fn names(&mut self) -> Result<u32, DecodeError> {
        let names = self.reader.list(1)?;
        for _ in 0..names {
            self.reader.header::<&str>()?;
        }
        self.counts.names += names as usize;
        Ok(names)
    }

    fn announce(&mut self, values: u64) -> Result<(), DecodeError> {
        self.announced += values;
        if self.announced > self.reader.left() as u64 {
            return Err(self.reader.damaged("more values announced than there are bytes"));
        }
        Ok(())
    }

    fn open(&mut self, open: Open) {
        if !open.is_complete() {
            self.open.push(open);
            self.counts.depth = self.counts.depth.max(self.open.len());
        }
    }

    fn token(&mut self) -> Result<Token<'a>, DecodeError> {
        self.announced -= 1;
        self.reader.token()
    }

    fn value(&mut self, role: Role) -> Result<(), DecodeError> {
        let token = self.token()?;
        match (&role, &token) {
            (Role::Item, Token::Nil) => return Err(self.reader.damaged("nil in a sequence")),
            (Role::Key, Token::Nil) => return Err(self.reader.damaged("nil or NaN as a key")),
            (Role::Key, Token::Float(float)) if float.is_nan() => {
                return Err(self.reader.damaged("nil or NaN as a key"));
            }
            (Role::Metatable, Token::Table(_) | Token::NewTable(_) | Token::SameTable(_) | Token::Permanent(_)) => {}
            (Role::Metatable, _) => return Err(self.reader.damaged("a metatable that is no table")),
            _ => {}
        }
        match token {
            Token::String(bytes) => self.string(bytes, false),
            Token::NewString(bytes) => self.string(bytes, true),
            Token::SameString(number) => self.same(number, self.counts.strings)?,
            Token::Table(extent) => self.table(extent, false)?,
            Token::NewTable(extent) => self.table(extent, true)?,
            Token::SameTable(number) => self.same(number, self.counts.tables)?,
            Token::Function(prototype) => self.function(prototype, false)?,
            Token::NewFunction(prototype) => self.function(prototype, true)?,
            Token::SameFunction(number) => self.same(number, self.counts.functions)?,
            Token::Native(extent) => self.native(extent, false)?,
            Token::NewNative(extent) => self.native(extent, true)?,
            Token::SameNative(number) => self.same(number, self.counts.natives)?,
            Token::Permanent(number) if number >= self.permanents => {
                return Err(self.reader.damaged("a permanent that is not there"));
            }
            Token::Cell | Token::NewCell | Token::SameCell(_) => {
                return Err(self.reader.damaged("an upvalue instead of a value"));
            }
            _ => {}
        }
        Ok(())
    }

    fn same(&self, number: u32, known: Numbers) -> Result<(), DecodeError> {
        if number < known.shared { Ok(()) } else { Err(self.reader.damaged("a reference to what has not been met")) }
    }

    fn string(&mut self, bytes: &[u8], is_shared: bool) {
        self.counts.strings.next(is_shared);
        self.counts.string_bytes += bytes.len();
    }

    fn table(&mut self, extent: Extent, is_shared: bool) -> Result<(), DecodeError> {
        self.announce(extent.values())?;
        self.counts.tables.next(is_shared);
        self.counts.values += extent.values() as usize;
        let Extent { sequence, entries, has_metatable } = extent;
        self.open(Open::Table { sequence, keys_and_values: 2 * entries, has_metatable });
        Ok(())
    }

    fn function(&mut self, prototype: u32, is_shared: bool) -> Result<(), DecodeError> {
        let Some(upvalues) = self.upvalues.get(prototype as usize).copied() else {
            return Err(self.reader.damaged("a function that is not in the header"));
        };
        self.announce(u64::from(upvalues))?;
        self.counts.functions.next(is_shared);
        self.counts.upvalues += upvalues as usize;
        self.open(Open::Cells(upvalues));
        Ok(())
    }

    fn native(&mut self, extent: NativeExtent, is_shared: bool) -> Result<(), DecodeError> {
        let NativeExtent { kind, slots, numbers, cells } = extent;
        let Some(kind) = NativeKind::new(kind) else {
            return Err(self.reader.damaged("a native object of an unknown kind"));
        };
        if numbers as usize > self.reader.left() {
            return Err(self.reader.damaged("more numbers announced than there are bytes"));
        }
        let mut frames = 0;
        for index in 0..numbers {
            let number = self.reader.number()?;
            if index == 1 {
                frames = number;
            }
        }
        if !(NativeSpan { kind, slots, numbers, cells, ..NativeSpan::default() }).is_well_formed(frames) {
            return Err(self.reader.damaged("a native object with wrong parts"));
        }
        self.announce(u64::from(slots) + u64::from(cells))?;
        self.counts.natives.next(is_shared);
        self.counts.native_numbers += numbers as usize;
        self.counts.values += slots as usize;
        self.counts.upvalues += cells as usize;
        // What was opened last comes first.
        self.open(Open::Cells(cells));
        self.open(Open::Slots(slots));
        Ok(())
    }

    /// Whether a value follows.
    fn cell(&mut self) -> Result<bool, DecodeError> {
        let is_shared = match self.token()? {
            Token::SameCell(number) => return self.same(number, self.counts.cells).map(|()| false),
            Token::NewCell => true,
            Token::Cell => false,
            _ => return Err(self.reader.damaged("a value instead of an upvalue")),
        };
        self.announce(1)?;
        self.counts.cells.next(is_shared);
        Ok(true)
    }
}
