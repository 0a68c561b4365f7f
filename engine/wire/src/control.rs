//! The control block: what the page can tell a worker that is busy running a program.
//!
//! A `SharedArrayBuffer` that the page makes, where it is cross-origin isolated, and posts to the worker as
//! the first message. It begins with 32-bit integers; bytes follow.

/// What the page requests of the running program: the sum of [`STOP`] and [`QUERY_PENDING`], or 0. The page
/// clears it before it sends the next [`crate::Command::Run`].
pub const REQUESTS: u32 = 0;

/// One of [`REQUESTS`]: the program shall end.
pub const STOP: i32 = 1;

/// One of [`REQUESTS`]: [`QUERY`] holds a query. The worker clears this when it has read the query. If it is still set
/// when the run is over, the page clears it and sends the query as a message.
pub const QUERY_PENDING: i32 = 2;

/// What is going on with input; a worker that waits for a line waits for this to change, or to be
/// notified of a request.
pub const INPUT: u32 = 1;

/// How many bytes of [`LINE`] are the line that was typed.
pub const LINE_LENGTH: u32 = 2;

/// How many bytes of [`QUERY`] are the query.
pub const QUERY_LENGTH: u32 = 3;

/// How many KiB Lua holds; the worker writes it every few milliseconds while a program runs.
pub const MEMORY_KIB: u32 = 4;

/// Whether a program is running: 1 from its beginning to its end, otherwise 0. What follows a run, such as saving
/// `_home`, must not be interrupted.
pub const PROGRAM_RUNS: u32 = 5;

/// Where the bytes of a typed line start, counted in bytes.
pub const LINE: u32 = 32;

/// The maximum length of a typed line, in bytes.
pub const LINE_CAPACITY: u32 = 64 << 10;

/// Where the bytes of a query start, counted in bytes: an encoded [`crate::Request`] for a look.
pub const QUERY: u32 = LINE + LINE_CAPACITY;

/// The maximum length of a query, in bytes; a longer one is sent as a message, and answered after the run.
pub const QUERY_CAPACITY: u32 = 16 << 10;

/// The size of the whole block, in bytes.
pub const SIZE: u32 = QUERY + QUERY_CAPACITY;

/// A value of [`INPUT`]: nobody waits.
pub const INPUT_IDLE: i32 = 0;

/// A value of [`INPUT`]: the worker waits for a line.
pub const INPUT_AWAITED: i32 = 1;

/// A value of [`INPUT`]: the line is there.
pub const INPUT_GIVEN: i32 = 2;

/// A value of [`INPUT`]: there is no line, and the program gets nil.
pub const INPUT_ENDED: i32 = 3;
