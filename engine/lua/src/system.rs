//! What the C side needs from outside: time, random numbers, the console. No processes.

use std::cell::Cell;
use std::ffi::{c_char, c_int, c_uint};

use crate::lua_State;

thread_local! {
    static SYSTEM: Cell<System> = const {
        Cell::new(System { unix_nanos: || 0, random: || 0, utc_offset_seconds: |_| 0, write: |_, _| () })
    };
}

/// What Lua and the C library can ask of the outside world. Per thread.
#[derive(Clone, Copy)]
pub struct System {
    /// The time, in nanoseconds since 1970. (The host build asks its C library instead.)
    pub unix_nanos: fn() -> u64,
    /// 64 random bits. (The host build asks its C library instead.)
    pub random: fn() -> u64,
    /// What to add to UTC for the local time at a moment given in seconds since 1970.
    pub utc_offset_seconds: fn(i64) -> i32,
    /// Receives what a program writes.
    pub write: fn(Stream, &[u8]),
}

/// Where a program writes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// `print`, `io.write`.
    Out,
    /// `warn`, `io.stderr`.
    Err,
}

/// Sets the system that the C side asks from now on. Without one, the time is 0 and what is written is lost.
pub fn set_system(system: System) {
    #[cfg(target_arch = "wasm32")]
    crate::wasi::start_libc();
    SYSTEM.set(system);
}

/// The system in force in this thread.
pub fn system() -> System {
    SYSTEM.get()
}

/// Waits for a line of the console, for the coroutine that asks; without its line feed. `None` if no more lines will
/// come.
pub type ReadLine = fn(*mut lua_State) -> Option<Vec<u8>>;

thread_local! {
    static READ_LINE: Cell<ReadLine> = const { Cell::new(|_| None) };
}

/// What waits for lines of the console in this thread.
pub fn set_read_line(read_line: ReadLine) {
    READ_LINE.set(read_line);
}

/// Waits for a line, with its line feed.
pub(crate) fn read_line(state: *mut lua_State) -> Option<Vec<u8>> {
    let mut line = (READ_LINE.get())(state)?;
    line.push(b'\n');
    Some(line)
}

#[unsafe(no_mangle)]
extern "C" fn cu_write(stream: c_int, start: *const c_char, length: usize) {
    let stream = if stream == 2 { Stream::Err } else { Stream::Out };
    // SAFETY: Lua passes a string of its own and its length.
    let bytes = unsafe { std::slice::from_raw_parts(start.cast::<u8>(), length) };
    (system().write)(stream, bytes);
}

#[unsafe(no_mangle)]
extern "C" fn cu_utc_offset_seconds(unix_seconds: i64) -> c_int {
    (system().utc_offset_seconds)(unix_seconds)
}

#[unsafe(no_mangle)]
extern "C" fn cu_random() -> c_uint {
    (system().random)() as c_uint
}

thread_local! {
    static HASH_SEED: Cell<u32> = const { Cell::new(0) };
}

/// What the hashes of the state that was made last in this thread are seeded with. The order of `pairs` depends on it.
pub fn hash_seed() -> u32 {
    HASH_SEED.get()
}

#[unsafe(no_mangle)]
extern "C" fn cu_make_seed() -> c_uint {
    HASH_SEED.set((system().random)() as u32);
    HASH_SEED.get()
}
