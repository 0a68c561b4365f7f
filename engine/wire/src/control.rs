//! The control block: what the page can tell a worker that is busy running a program.
//!
//! A `SharedArrayBuffer` that the page makes, where it is cross-origin isolated, and posts to the worker as
//! the first message. It is read as 32-bit integers, and behind them as bytes.

/// Not 0 while the page wants the running program stopped. The page sets it, and clears it before it sends
/// the next [`crate::Command::Run`].
pub const STOP: u32 = 0;

/// What is going on with input; a worker that waits for a line waits for this to change.
pub const INPUT: u32 = 1;

/// How many bytes of [`LINE`] are the line that was typed.
pub const LINE_LENGTH: u32 = 2;

/// Where the bytes of a typed line start, counted in bytes.
pub const LINE: u32 = 16;

/// The most bytes of a typed line.
pub const LINE_CAPACITY: u32 = 64 << 10;

/// The size of the whole block, in bytes.
pub const SIZE: u32 = LINE + LINE_CAPACITY;

/// A value of [`INPUT`]: nobody waits.
pub const INPUT_IDLE: i32 = 0;

/// A value of [`INPUT`]: the worker waits for a line.
pub const INPUT_AWAITED: i32 = 1;

/// A value of [`INPUT`]: the line is there.
pub const INPUT_GIVEN: i32 = 2;

/// A value of [`INPUT`]: there is no line, and the program gets nil.
pub const INPUT_ENDED: i32 = 3;
