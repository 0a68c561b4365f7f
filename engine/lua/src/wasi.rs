//! What wasi-libc imports from its system. There is no system: no files, no environment; the time and random
//! numbers come from [`crate::set_system`].

use std::ffi::c_void;

use crate::system::system;

/// Errors of WASI preview 1.
const BAD_DESCRIPTOR: i32 = 8;
const NOT_SUPPORTED: i32 = 52;

#[unsafe(no_mangle)]
extern "C" fn __imported_wasi_snapshot_preview1_clock_time_get(_clock: i32, _precision: i64, time: *mut u64) -> i32 {
    // SAFETY: libc passes the address of a variable of its own.
    unsafe { time.write_unaligned((system().unix_nanos)()) };
    0
}

#[unsafe(no_mangle)]
extern "C" fn __imported_wasi_snapshot_preview1_random_get(start: *mut u8, length: usize) -> i32 {
    // SAFETY: libc passes a buffer of its own and its length.
    let buffer = unsafe { std::slice::from_raw_parts_mut(start, length) };
    for piece in buffer.chunks_mut(8) {
        piece.copy_from_slice(&(system().random)().to_le_bytes()[..piece.len()]);
    }
    0
}

// The environment is empty. libc would end the program if this call failed.
#[unsafe(no_mangle)]
extern "C" fn __imported_wasi_snapshot_preview1_environ_sizes_get(count: *mut usize, size: *mut usize) -> i32 {
    // SAFETY: libc passes the addresses of variables of its own.
    unsafe {
        count.write_unaligned(0);
        size.write_unaligned(0);
    }
    0
}

#[unsafe(no_mangle)]
extern "C" fn __imported_wasi_snapshot_preview1_environ_get(_pointers: *mut *mut u8, _text: *mut u8) -> i32 {
    0
}

#[unsafe(no_mangle)]
extern "C" fn __imported_wasi_snapshot_preview1_proc_exit(_status: i32) -> ! {
    // Reached by `abort`: a trap, which ends the worker and is reported to the page.
    core::arch::wasm32::unreachable()
}

unsafe extern "C" {
    fn __wasm_call_ctors();
}

/// Starts libc. If nothing called its constructors, the linker would treat the module as a program, and wrap every
/// export in its start and end.
pub(crate) fn start_libc() {
    // SAFETY: the linker makes this function; it takes and returns nothing.
    unsafe { __wasm_call_ctors() };
}

/// A failed `assert` in libc. Its own would bring `fprintf` along.
#[unsafe(no_mangle)]
extern "C" fn __assert_fail(_what: *const u8, _file: *const u8, _line: i32, _function: *const u8) -> ! {
    core::arch::wasm32::unreachable()
}

macro_rules! refuse {
    ($error:expr; $($name:ident($($argument:ty),*);)*) => {
        $(
            #[unsafe(no_mangle)]
            extern "C" fn $name($(_: $argument),*) -> i32 {
                $error
            }
        )*
    };
}

refuse! { BAD_DESCRIPTOR;
    __imported_wasi_snapshot_preview1_fd_close(i32);
    __imported_wasi_snapshot_preview1_fd_fdstat_get(i32, *mut c_void);
    __imported_wasi_snapshot_preview1_fd_fdstat_set_flags(i32, i32);
    __imported_wasi_snapshot_preview1_fd_prestat_dir_name(i32, *mut u8, usize);
    __imported_wasi_snapshot_preview1_fd_prestat_get(i32, *mut c_void);
    __imported_wasi_snapshot_preview1_fd_read(i32, *const c_void, usize, *mut usize);
    __imported_wasi_snapshot_preview1_fd_renumber(i32, i32);
    __imported_wasi_snapshot_preview1_fd_seek(i32, i64, i32, *mut u64);
    __imported_wasi_snapshot_preview1_fd_write(i32, *const c_void, usize, *mut usize);
}

refuse! { NOT_SUPPORTED;
    __imported_wasi_snapshot_preview1_path_open(i32, i32, *const u8, usize, i32, i64, i64, i32, *mut i32);
}
