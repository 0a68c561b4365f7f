//! The control block: what the page can tell a worker that is busy running a program.
//!
//! A `SharedArrayBuffer` that the page makes, where it is cross-origin isolated, and posts to the worker as
//! the first message. It is read as 32-bit integers, and behind them as bytes.

/// What the page wants of the running program: the sum of [`STOP`] and [`QUESTION_ASKED`], or 0. The page
/// clears it before it sends the next [`crate::Command::Run`].
pub const WISHES: u32 = 0;

/// One of [`WISHES`]: that the program ends.
pub const STOP: i32 = 1;

/// One of [`WISHES`]: an answer to what is in [`QUESTION`]. The worker clears it when it has read that. The
/// page takes it back when the run is over, if it is still there, and sends the question as a message.
pub const QUESTION_ASKED: i32 = 2;

/// What is going on with input; a worker that waits for a line waits for this to change, or to be
/// notified of a wish.
pub const INPUT: u32 = 1;

/// How many bytes of [`LINE`] are the line that was typed.
pub const LINE_LENGTH: u32 = 2;

/// How many bytes of [`QUESTION`] are the question.
pub const QUESTION_LENGTH: u32 = 3;

/// How many KiB Lua holds; the worker writes it every few milliseconds while a program runs.
pub const MEMORY_KIB: u32 = 4;

/// Whether a program is running: 1 from its beginning to its end, otherwise 0. What follows a run, such as saving
/// `_home`, must not be interrupted.
pub const PROGRAM_RUNS: u32 = 5;

/// Where the bytes of a typed line start, counted in bytes.
pub const LINE: u32 = 32;

/// The most bytes of a typed line.
pub const LINE_CAPACITY: u32 = 64 << 10;

/// Where the bytes of a question start, counted in bytes: an encoded [`crate::Request`] to look into something.
pub const QUESTION: u32 = LINE + LINE_CAPACITY;

/// The most bytes of a question; a longer one is sent as a message, and answered after the run.
pub const QUESTION_CAPACITY: u32 = 16 << 10;

/// The size of the whole block, in bytes.
pub const SIZE: u32 = QUESTION + QUESTION_CAPACITY;

/// A value of [`INPUT`]: nobody waits.
pub const INPUT_IDLE: i32 = 0;

/// A value of [`INPUT`]: the worker waits for a line.
pub const INPUT_AWAITED: i32 = 1;

/// A value of [`INPUT`]: the line is there.
pub const INPUT_GIVEN: i32 = 2;

/// A value of [`INPUT`]: there is no line, and the program gets nil.
pub const INPUT_ENDED: i32 = 3;
