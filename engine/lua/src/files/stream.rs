//! Open files, and the console: what Lua's libraries know as `FILE`.

use std::cell::{RefCell, UnsafeCell};
use std::ffi::c_int;
use std::rc::Rc;

use super::node::{Node, OpenCount};
use super::path::Place;
use super::{FileError, Files, Found};
use crate::lua_State;
use crate::system::{Stream, read_line, system};

/// What is read where nothing more is: C's `EOF`.
pub const END_OF_FILE: c_int = -1;

/// An open file, or one end of the console.
pub struct File {
    pub kind: Kind,
    pub has_failed: bool,
    pub is_at_end: bool,
}

/// What is read from or written to.
pub enum Kind {
    /// Reads lines for the coroutine that asked last.
    Input {
        reader: *mut lua_State,
        line: Vec<u8>,
        at: usize,
    },
    Output(Stream),
    Open(Handle),
    /// It can be opened, but not be read.
    Folder,
}

/// An open file of the tree.
pub struct Handle {
    pub node: Rc<Node>,
    pub at: u64,
    pub can_read: bool,
    pub can_write: bool,
    pub is_appending: bool,
    pub _count: OpenCount,
}

thread_local! {
    static FILES: RefCell<Option<Rc<Files>>> = const { RefCell::new(None) };
    static CONSOLE: UnsafeCell<[File; 3]> = const { UnsafeCell::new([
        File::new(Kind::Input { reader: std::ptr::null_mut(), line: Vec::new(), at: 0 }),
        File::new(Kind::Output(Stream::Out)),
        File::new(Kind::Output(Stream::Err)),
    ]) };
}

/// Makes these the files of the programs of this thread.
pub fn set_files(files: Rc<Files>) {
    FILES.set(Some(files));
}

/// Whether the programs of this thread find this file.
pub fn has_file(path: &str) -> bool {
    with_files(|files| files.content(path)).flatten().is_some()
}

/// Asks the files of this thread, if there are some.
pub fn with_files<T>(ask: impl FnOnce(&Files) -> T) -> Option<T> {
    let files = FILES.with_borrow(Clone::clone)?;
    Some(ask(&files))
}

/// Standard input, output or error.
pub fn console(which: usize) -> *mut File {
    CONSOLE.with(|console| console.get().cast::<File>().wrapping_add(which))
}

/// Before a run: drops the rest of the line that was read last, and any error.
pub fn forget_input() {
    // SAFETY: no other reference to the console is alive between runs.
    let input = unsafe { &mut *console(0) };
    input.kind = Kind::Input { reader: std::ptr::null_mut(), line: Vec::new(), at: 0 };
    (input.has_failed, input.is_at_end) = (false, false);
}

unsafe extern "C" {
    fn cu_set_error(number: c_int);
}

/// Tells C why something failed.
pub fn refuse(error: FileError) {
    // SAFETY: writes a variable of this thread.
    unsafe { cu_set_error(error as c_int) }
}

impl File {
    /// An open file at its start.
    pub const fn new(kind: Kind) -> File {
        File { kind, has_failed: false, is_at_end: false }
    }

    fn fail(&mut self, error: FileError) {
        self.has_failed = true;
        refuse(error);
    }

    /// Reads as many bytes as there are and fit. Returns how many.
    pub fn read(&mut self, buffer: &mut [u8]) -> usize {
        let mut done = 0;
        while done < buffer.len() {
            let count = match &mut self.kind {
                Kind::Open(Handle { node, at, can_read: true, .. }) => {
                    let count = usize::try_from(*at).map_or(0, |at| node.read(at, &mut buffer[done..]));
                    *at += count as u64;
                    count
                }
                Kind::Input { reader, line, at } => {
                    if *at == line.len() {
                        (*line, *at) = (read_line(*reader).unwrap_or_default(), 0);
                    }
                    let count = (line.len() - *at).min(buffer.len() - done);
                    buffer[done..done + count].copy_from_slice(&line[*at..*at + count]);
                    *at += count;
                    count
                }
                Kind::Folder => {
                    self.fail(FileError::IsAFolder);
                    return done;
                }
                Kind::Open(_) | Kind::Output(_) => {
                    self.fail(FileError::BadHandle);
                    return done;
                }
            };
            self.is_at_end = count == 0;
            if self.is_at_end {
                break;
            }
            done += count;
        }
        done
    }

    /// Reads a byte.
    pub fn byte(&mut self) -> c_int {
        if let Kind::Open(Handle { node, at, can_read: true, .. }) = &mut self.kind
            && let Some(byte) = usize::try_from(*at).ok().and_then(|at| node.byte(at))
        {
            *at += 1;
            return byte.into();
        }
        let mut byte = [0];
        if self.read(&mut byte) == 1 { byte[0].into() } else { END_OF_FILE }
    }

    /// Takes back the last byte that was read.
    pub fn unread(&mut self) {
        match &mut self.kind {
            Kind::Input { at, .. } => *at = at.saturating_sub(1),
            Kind::Open(handle) => handle.at = handle.at.saturating_sub(1),
            Kind::Output(_) | Kind::Folder => {}
        }
    }

    /// Writes, or says why not.
    pub fn write(&mut self, bytes: &[u8]) -> bool {
        let written = match &mut self.kind {
            Kind::Output(stream) => {
                if !bytes.is_empty() {
                    (system().write)(*stream, bytes);
                }
                Ok(())
            }
            Kind::Open(handle) if handle.can_write => handle.write(bytes),
            Kind::Input { .. } | Kind::Open(_) | Kind::Folder => Err(FileError::BadHandle),
        };
        written.map_err(|error| self.fail(error)).is_ok()
    }
}

impl Handle {
    fn write(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        if bytes.is_empty() {
            return Ok(());
        }
        if self.is_appending {
            self.at = self.node.len() as u64;
        }
        self.node.write(self.at, bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Moves to a position from the start, from where it is, or from the end.
    pub fn seek(&mut self, offset: i64, origin: c_int) -> Result<(), FileError> {
        let origin = match origin {
            0 => 0,
            1 => self.at,
            _ => self.node.len() as u64,
        };
        let at = origin.checked_add_signed(offset).filter(|at| i64::try_from(*at).is_ok());
        self.at = at.ok_or(FileError::Invalid)?;
        Ok(())
    }
}

/// Opens a path in a mode of C's: `r`, `w` or `a`, and `+` behind it for both reading and writing.
pub fn open(files: &Files, path: &[u8], mode: &[u8]) -> Result<File, FileError> {
    let count = files.count_open()?;
    let place = Place::of(path)?;
    let (first, is_both) = (mode.first().copied().unwrap_or(b'r'), mode.contains(&b'+'));
    let node = match (files.find(&place)?, first) {
        (Found::Folder, b'r') if !is_both => return Ok(File::new(Kind::Folder)),
        (Found::Folder, _) => return Err(FileError::IsAFolder),
        (Found::Nothing, b'r') => return Err(FileError::NotFound),
        (Found::Nothing, _) => files.create(&place)?,
        (Found::File(node), b'w') => {
            node.replace(Vec::new());
            node
        }
        (Found::File(node), _) => node,
    };
    let (can_read, can_write) = (first == b'r' || is_both, first != b'r' || is_both);
    if can_read && first != b'w' {
        files.note_read(place.path.clone());
    }
    let at = if can_read || first == b'w' { 0 } else { node.len() as u64 };
    let handle = Handle { node, at, can_read, can_write, is_appending: first == b'a', _count: count };
    Ok(File::new(Kind::Open(handle)))
}
