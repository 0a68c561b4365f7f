//! What the benchmarks share: a host that has a clock and prints, and a store that never waits.
#![allow(dead_code, reason = "each benchmark uses some of it")]

use std::rc::Rc;
use std::time::Instant;

use engine::archive::Archive;
use engine::host::{Host, Stream};
use engine::lua::Vm;
use engine::store::{MemoryStore, WriterId};
use wire::Limits;

struct Terminal(Instant);

impl Host for Terminal {
    fn unix_millis(&self) -> f64 {
        0.0
    }
    fn monotonic_millis(&self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
    fn random(&self) -> u64 {
        0
    }
    fn utc_offset_seconds(&self, _: i64) -> i32 {
        0
    }
    fn write(&self, _: Stream, bytes: &[u8]) {
        print!("{}", String::from_utf8_lossy(bytes));
    }
}

/// A fresh VM, whose programs print to the terminal.
pub fn vm(limits: Limits) -> Vm {
    Vm::new(Rc::new(Terminal(Instant::now())), limits).expect("a VM")
}

/// Limits without one for memory.
pub fn no_memory_limit() -> Limits {
    Limits { memory_bytes: 0, ..Limits::default() }
}

/// An empty archive in memory that may write.
pub fn archive() -> Archive<MemoryStore> {
    let mut archive = now(Archive::open(MemoryStore::default(), WriterId::default())).expect("an archive");
    now(archive.claim()).expect("a claim");
    archive
}

/// What a future over a store in memory gives.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => unreachable!("a store in memory does not wait"),
    }
}
