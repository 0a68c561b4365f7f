//! Shared by the tests: a host that collects printed text.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use engine::host::{Host, HostRequest, Reading, Stream};
use engine::inbox::Inbox;
use engine::lua::Vm;
use wire::{Limits, Request, RequestId};

/// Collects printed text. Its clock starts at a fixed time.
pub struct TestHost {
    pub written: RefCell<Vec<u8>>,
    pub stop: Cell<bool>,
    /// Whether parts that are loaded later cannot be had.
    pub is_cut_off: Cell<bool>,
    pub input: RefCell<VecDeque<&'static str>>,
    /// Encoded requests from the page during a run.
    pub queries: RefCell<VecDeque<Vec<u8>>>,
    /// What was said of whether a program runs, in order.
    pub program_runs: RefCell<Vec<bool>>,
    pub inbox: RefCell<Inbox>,
    /// What arrives in each pause to come. While there is something, every slice of work is short.
    pub arriving: RefCell<VecDeque<Vec<Request>>>,
    /// What programs took from outside.
    pub readings: RefCell<Vec<Reading>>,
    start_millis: f64,
    /// How far the clock was moved on.
    moved_millis: Cell<f64>,
}

impl TestHost {
    pub fn new() -> Rc<TestHost> {
        Rc::new(TestHost {
            written: RefCell::default(),
            stop: Cell::new(false),
            is_cut_off: Cell::new(false),
            input: RefCell::default(),
            queries: RefCell::default(),
            program_runs: RefCell::default(),
            inbox: RefCell::default(),
            arriving: RefCell::default(),
            readings: RefCell::default(),
            start_millis: now_millis(),
            moved_millis: Cell::new(0.0),
        })
    }

    pub fn take_written(&self) -> String {
        String::from_utf8_lossy(&self.written.take()).into_owned()
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn now_millis() -> f64 {
    use std::time::{SystemTime, UNIX_EPOCH};
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0
}

#[cfg(target_arch = "wasm32")]
fn now_millis() -> f64 {
    js_sys::Date::now()
}

impl Host for TestHost {
    fn records(&self) -> Option<Cow<'static, str>> {
        (!self.is_cut_off.get()).then_some(Cow::Borrowed(engine::lua::RECORDS))
    }

    fn unix_millis(&self) -> f64 {
        1.7e12 + self.monotonic_millis()
    }

    fn monotonic_millis(&self) -> f64 {
        if !self.arriving.borrow().is_empty() {
            self.moved_millis.update(|moved| moved + 1000.0);
        }
        now_millis() - self.start_millis + self.moved_millis.get()
    }

    fn random(&self) -> u64 {
        // Never the same twice, even for hosts created at the same time: ids are made from it.
        static NEXT: AtomicU64 = AtomicU64::new(0);
        NEXT.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed)
    }

    fn utc_offset_seconds(&self, _: i64) -> i32 {
        3600
    }

    fn write(&self, _: Stream, bytes: &[u8]) {
        self.written.borrow_mut().extend_from_slice(bytes);
    }

    fn can_read(&self) -> bool {
        !self.input.borrow().is_empty()
    }

    fn read_line(&self, answer: &mut dyn FnMut()) -> Option<Vec<u8>> {
        while !self.queries.borrow().is_empty() {
            answer();
        }
        self.input.borrow_mut().pop_front().map(Vec::from)
    }

    fn poll(&self, _: u64) -> HostRequest {
        if self.stop.get() {
            HostRequest::Stop
        } else if self.queries.borrow().is_empty() {
            HostRequest::Continue
        } else {
            HostRequest::Answer
        }
    }

    fn set_program_running(&self, is_running: bool) {
        self.program_runs.borrow_mut().push(is_running);
    }

    fn note(&self, reading: Reading) {
        self.readings.borrow_mut().push(reading);
    }

    fn take_query(&self) -> Option<Vec<u8>> {
        self.queries.borrow_mut().pop_front()
    }

    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        let arriving = self.arriving.borrow_mut().pop_front().unwrap_or_default();
        for request in arriving {
            self.inbox.borrow_mut().receive(request);
        }
        Box::pin(std::future::ready(()))
    }

    fn is_withdrawn(&self, request: RequestId) -> bool {
        self.inbox.borrow().is_withdrawn(request)
    }
}

/// A fresh VM and its host.
pub fn vm() -> (Vm, Rc<TestHost>) {
    let host = TestHost::new();
    let vm = Vm::new(host.clone(), Limits::default()).unwrap();
    (vm, host)
}
