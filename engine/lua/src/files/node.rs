//! What is in a file, and how much all of them may take.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Why something cannot be done with a file. The number is Linux's; `host.c` has the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum FileError {
    /// There is no such file.
    NotFound = 2,
    /// The file was not opened for that.
    BadHandle = 9,
    /// The path leads out of the workspace.
    Denied = 13,
    /// A folder in the path is a file.
    NotAFolder = 20,
    /// It is a folder.
    IsAFolder = 21,
    /// No file can have this path, or no position this number.
    Invalid = 22,
    /// Too many files are open.
    TooManyOpen = 24,
    /// The file would be too large.
    TooLarge = 27,
    /// All files together would be too large, or too many.
    NoSpace = 28,
    /// It has no positions.
    NoSeek = 29,
    /// The path, or a name in it, is too long.
    NameTooLong = 36,
    /// There is a file in the folder.
    NotEmpty = 39,
}

/// What the files of programs are limited to. What is set from outside is not.
#[derive(Clone, Copy)]
pub struct FileRules {
    /// The most files.
    pub max_files: usize,
    /// The most bytes of all files together.
    pub max_bytes: usize,
    /// The most bytes of one file.
    pub max_file_bytes: usize,
    /// The most files that are open at the same time.
    pub max_open: usize,
    /// Whether a file can have this path, which is relative and has no `.`, `..` or empty name.
    pub check_path: fn(&str) -> Result<(), FileError>,
}

/// What is in a file. Whoever keeps it keeps it as it is now.
pub type Content = Rc<Vec<u8>>;

/// How much is taken of what there is.
pub struct Room {
    pub rules: FileRules,
    bytes: Cell<usize>,
    open: Cell<usize>,
}

/// A file, which may have lost its path while it is open.
pub struct Node {
    content: RefCell<Content>,
    room: Rc<Room>,
}

/// An open file, as far as their number is limited.
pub struct OpenCount(Rc<Room>);

impl Room {
    pub fn new(rules: FileRules) -> Rc<Room> {
        Rc::new(Room { rules, bytes: Cell::new(0), open: Cell::new(0) })
    }
}

impl Node {
    /// An empty file.
    pub fn new(room: &Rc<Room>) -> Rc<Node> {
        Rc::new(Node { content: RefCell::default(), room: Rc::clone(room) })
    }

    /// What is in it now.
    pub fn content(&self) -> Content {
        Rc::clone(&self.content.borrow())
    }

    pub fn len(&self) -> usize {
        self.content.borrow().len()
    }

    pub fn byte(&self, at: usize) -> Option<u8> {
        self.content.borrow().get(at).copied()
    }

    /// Copies bytes from a position on, as many as there are and fit. Returns how many.
    pub fn read(&self, at: usize, buffer: &mut [u8]) -> usize {
        let content = self.content.borrow();
        let rest = content.get(at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        count
    }

    /// Writes at a position, all or nothing. Before it are zeros if the file is shorter.
    pub fn write(&self, at: u64, bytes: &[u8]) -> Result<(), FileError> {
        let (rules, used) = (&self.room.rules, &self.room.bytes);
        let at = usize::try_from(at).map_err(|_| FileError::TooLarge)?;
        let end = at.checked_add(bytes.len()).ok_or(FileError::TooLarge)?;
        let mut content = self.content.borrow_mut();
        let growth = end.saturating_sub(content.len());
        if growth > 0 && end > rules.max_file_bytes {
            return Err(FileError::TooLarge);
        }
        if growth > 0 && used.get() + growth > rules.max_bytes {
            return Err(FileError::NoSpace);
        }
        used.set(used.get() + growth);
        let content = Rc::make_mut(&mut content);
        if at == content.len() {
            content.extend_from_slice(bytes);
        } else {
            content.resize(content.len().max(end), 0);
            content[at..end].copy_from_slice(bytes);
        }
        Ok(())
    }

    /// Replaces all that is in it.
    pub fn replace(&self, bytes: Vec<u8>) {
        let used = &self.room.bytes;
        used.set(used.get() - self.len() + bytes.len());
        *self.content.borrow_mut() = Rc::new(bytes);
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.room.bytes.set(self.room.bytes.get() - self.content.get_mut().len());
    }
}

impl OpenCount {
    /// Counts one more file, until this is dropped.
    pub fn new(room: &Rc<Room>) -> Result<OpenCount, FileError> {
        if room.open.get() >= room.rules.max_open {
            return Err(FileError::TooManyOpen);
        }
        room.open.set(room.open.get() + 1);
        Ok(OpenCount(Rc::clone(room)))
    }
}

impl Drop for OpenCount {
    fn drop(&mut self) {
        self.0.open.set(self.0.open.get() - 1);
    }
}
