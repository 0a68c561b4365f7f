//! What the benchmarks share: a host that has a clock and prints, and a store that never waits.
#![allow(dead_code, reason = "each benchmark uses some of it")]

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use engine::archive::Archive;
use engine::host::{Host, Stream};
use engine::lua::Vm;
use engine::store::{MemoryStore, WriterId};
use engine::worker::{LaterPart, Worker};
use wire::{Call, Command, EventBody, Key, Limits, Request, RequestId, RunMode, Settings, Step, TraceValue};

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

/// A worker that is asked as a page asks it.
pub struct Asked {
    worker: Worker<MemoryStore>,
    events: Rc<RefCell<Vec<EventBody>>>,
    next: u32,
}

impl Asked {
    /// With an empty `_home`.
    pub fn new() -> Asked {
        let events = Rc::<RefCell<Vec<EventBody>>>::default();
        let heard = Rc::clone(&events);
        let emit = move |event: wire::Event| heard.borrow_mut().push(event.body);
        let worker = Worker::new(Rc::new(Terminal(Instant::now())), Ok(archive()), emit, LaterPart::at_hand());
        let mut asked = Asked { worker, events, next: 0 };
        asked.ask(Command::Open { settings: Settings::default() });
        asked
    }

    fn ask(&mut self, command: Command) -> Option<EventBody> {
        self.next += 1;
        self.events.borrow_mut().clear();
        now(self.worker.handle(Request { id: RequestId(self.next), command }));
        self.events.borrow_mut().pop()
    }

    /// Runs a program.
    pub fn run(&mut self, source: &str) {
        self.ask(Command::Run { source: source.into(), chunk: "main.lua".into(), mode: RunMode::Program });
    }

    /// Finds out when a value changed. Returns how often it did.
    pub fn trace(&mut self, path: &[&str]) -> usize {
        let path: Vec<_> = path.iter().map(|name| Step::Key(Key::String(name.as_bytes().to_vec()))).collect();
        let (mut from, mut changes) = (None, 0);
        loop {
            let call = TraceValue { path: path.clone(), from, limit: 1000 };
            let answer = self.ask(call.into_command()).and_then(TraceValue::reply_of).expect("an answer");
            let answer = answer.decode().expect("a trace");
            changes += answer.rows.len();
            from = answer.rest;
            if from.is_none() {
                return changes;
            }
        }
    }
}
