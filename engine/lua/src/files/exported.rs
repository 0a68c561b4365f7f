//! The functions of `c/files.h`. Lua passes strings of its own, buffers of the length it says, and files that it got here
//! and has not closed; it uses one file at a time. Each `unsafe` below relies on that.

use std::ffi::{CStr, c_char, c_int};

use super::stream::{END_OF_FILE, File, Handle, Kind, console, open, refuse, with_files};
use super::{FileError, Files};
use crate::lua_State;

/// What C functions return that are 0 if all went well.
fn status(result: Option<Result<(), FileError>>) -> c_int {
    result.unwrap_or(Err(FileError::NotFound)).map_err(refuse).map_or(-1, |()| 0)
}

fn into_c(opened: Option<Result<File, FileError>>) -> *mut File {
    match opened.unwrap_or(Err(FileError::NotFound)) {
        Ok(file) => Box::into_raw(Box::new(file)),
        Err(error) => {
            refuse(error);
            std::ptr::null_mut()
        }
    }
}

unsafe fn text<'a>(text: *const c_char) -> &'a [u8] {
    // SAFETY: as above.
    unsafe { CStr::from_ptr(text) }.to_bytes()
}

#[unsafe(no_mangle)]
extern "C" fn cu_standard_file(which: c_int) -> *mut File {
    console(which as usize)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cu_open(path: *const c_char, mode: *const c_char) -> *mut File {
    // SAFETY: as above.
    let (path, mode) = unsafe { (text(path), text(mode)) };
    into_c(with_files(|files| open(files, path, mode)))
}

#[unsafe(no_mangle)]
extern "C" fn cu_open_temporary() -> *mut File {
    into_c(with_files(|files| {
        let (node, _count) = (files.create_nameless(), files.count_open()?);
        let handle = Handle { node, at: 0, can_read: true, can_write: true, is_appending: false, _count };
        Ok(File::new(Kind::Open(handle)))
    }))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cu_close(file: *mut File) -> c_int {
    // SAFETY: as above; the files of the console are never closed.
    drop(unsafe { Box::from_raw(file) });
    0
}

/// Before a library reads: clears earlier errors, and makes `state` the coroutine that waits.
#[unsafe(no_mangle)]
unsafe extern "C" fn cu_begin_reading(state: *mut lua_State, file: *mut File) {
    // SAFETY: as above.
    let file = unsafe { &mut *file };
    if let Kind::Input { reader, .. } = &mut file.kind {
        *reader = state;
    }
    (file.has_failed, file.is_at_end) = (false, false);
}

#[unsafe(no_mangle)]
unsafe extern "C-unwind" fn cu_getc(file: *mut File) -> c_int {
    // SAFETY: as above.
    unsafe { &mut *file }.byte()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cu_ungetc(byte: c_int, file: *mut File) -> c_int {
    if byte != END_OF_FILE {
        // SAFETY: as above.
        unsafe { &mut *file }.unread();
    }
    byte
}

#[unsafe(no_mangle)]
unsafe extern "C-unwind" fn cu_read(buffer: *mut u8, length: usize, file: *mut File) -> usize {
    // SAFETY: as above. What is in the buffer is never read.
    unsafe { (*file).read(std::slice::from_raw_parts_mut(buffer, length)) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cu_put(start: *const u8, length: usize, file: *mut File) -> usize {
    // SAFETY: as above.
    let is_written = unsafe { (*file).write(std::slice::from_raw_parts(start, length)) };
    if is_written { length } else { 0 }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cu_failed(file: *const File) -> c_int {
    // SAFETY: as above.
    c_int::from(unsafe { &*file }.has_failed)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cu_at_end(file: *const File) -> c_int {
    // SAFETY: as above.
    c_int::from(unsafe { &*file }.is_at_end)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cu_seek(file: *mut File, offset: i64, origin: c_int) -> c_int {
    // SAFETY: as above.
    let file = unsafe { &mut *file };
    file.is_at_end = false;
    match &mut file.kind {
        Kind::Open(handle) => status(Some(handle.seek(offset, origin))),
        _ => status(Some(Err(FileError::NoSeek))),
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cu_tell(file: *const File) -> i64 {
    // SAFETY: as above.
    match &unsafe { &*file }.kind {
        Kind::Open(handle) => handle.at as i64,
        _ => -1,
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cu_remove(path: *const c_char) -> c_int {
    // SAFETY: as above.
    let path = unsafe { text(path) };
    status(with_files(|files| files.remove(path)))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cu_rename(from: *const c_char, to: *const c_char) -> c_int {
    // SAFETY: as above.
    let (from, to) = unsafe { (text(from), text(to)) };
    status(with_files(|files| files.rename(from, to)))
}

/// Makes a temporary file and writes its path, with its NUL byte. Returns whether that failed.
#[unsafe(no_mangle)]
unsafe extern "C" fn cu_temporary_name(buffer: *mut c_char, length: usize) -> c_int {
    let made = with_files(Files::create_temporary).unwrap_or(Err(FileError::NotFound));
    let Some(path) = made.ok().filter(|path| path.len() < length) else { return 1 };
    // SAFETY: as above; there is room for it.
    unsafe {
        buffer.copy_from_nonoverlapping(path.as_ptr().cast(), path.len());
        *buffer.add(path.len()) = 0;
    }
    0
}
