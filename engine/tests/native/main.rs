//! The native tests, in one executable.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod branches;
mod changes;
mod codec;
#[path = "../everywhere/common.rs"]
mod common;
mod compatibility;
mod coroutines;
mod definitions;
mod diff;
mod documented;
mod edits;
mod examples;
mod file_history;
mod files;
mod functions;
mod ghost;
mod golden;
mod guide;
mod history;
mod io;
mod journal;
mod now;
mod page;
mod parts;
mod preview;
mod printed;
mod records;
mod run_queries;
mod runs;
mod scripts;
mod search;
mod texts;
mod thinning;
mod traces;
mod transfer;
mod whole;
mod worker;
