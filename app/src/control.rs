//! The page's side of the control block: how to reach a worker that is busy running a program.

use js_sys::{Atomics, Int32Array, Reflect, SharedArrayBuffer, Uint8Array};
use wasm_bindgen::JsValue;
use wire::control;

/// Memory that the page shares with one worker.
pub struct Control(Int32Array);

impl Control {
    /// Whether this page may share memory: it must be cross-origin isolated. Even then, WebKitGTK has none to
    /// share.
    pub fn is_possible() -> bool {
        let has = |name: &str| Reflect::get(&js_sys::global(), &name.into()).is_ok_and(|value| value.is_truthy());
        has("crossOriginIsolated") && has("SharedArrayBuffer")
    }

    /// A block for a new worker, if it is possible.
    pub fn new() -> Option<Control> {
        Control::is_possible().then(|| Control(Int32Array::new(&SharedArrayBuffer::new(control::SIZE))))
    }

    /// What the worker is given of it.
    pub fn memory(&self) -> JsValue {
        self.0.buffer().into()
    }

    /// Asks the running program to stop.
    pub fn stop(&self) {
        self.request(control::STOP);
    }

    /// Puts a query to the running program. Returns false if it is too long.
    pub fn post_query(&self, query: &[u8]) -> bool {
        let fits = query.len() <= control::QUERY_CAPACITY as usize;
        if fits {
            self.write(control::QUERY, query);
            self.set(control::QUERY_LENGTH, query.len() as i32);
            self.request(control::QUERY_PENDING);
        }
        fits
    }

    /// Withdraws the query. Returns false if the worker has it already.
    pub fn withdraw_query(&self) -> bool {
        let requests = Atomics::and(&self.0, control::REQUESTS, !control::QUERY_PENDING);
        requests.is_ok_and(|requests| requests & control::QUERY_PENDING != 0)
    }

    /// How many bytes the running program holds.
    pub fn memory_bytes(&self) -> u64 {
        let kibibytes = Atomics::load(&self.0, control::MEMORY_KIB).unwrap_or_default();
        u64::try_from(kibibytes).unwrap_or_default() << 10
    }

    /// Whether a program is running, and not what follows it.
    pub fn is_program_running(&self) -> bool {
        Atomics::load(&self.0, control::PROGRAM_RUNS).is_ok_and(|runs| runs != 0)
    }

    /// Clears what was requested of an earlier run.
    pub fn clear(&self) {
        self.set(control::REQUESTS, 0);
        self.set(control::INPUT, control::INPUT_IDLE);
    }

    /// Hands the program the line that it waits for, cut to the capacity; `None` ends its input.
    pub fn give_line(&self, line: Option<&str>) {
        let state = match line {
            Some(line) => {
                let bytes = &line.as_bytes()[..line.len().min(control::LINE_CAPACITY as usize)];
                self.write(control::LINE, bytes);
                self.set(control::LINE_LENGTH, bytes.len() as i32);
                control::INPUT_GIVEN
            }
            None => control::INPUT_ENDED,
        };
        self.set(control::INPUT, state);
        self.wake();
    }

    /// The program may be waiting for input.
    fn request(&self, request: i32) {
        // As for `set`.
        let _ = Atomics::or(&self.0, control::REQUESTS, request);
        self.wake();
    }

    fn write(&self, start: u32, bytes: &[u8]) {
        Uint8Array::new_with_byte_offset_and_length(&self.0.buffer(), start, bytes.len() as u32).copy_from(bytes);
    }

    fn set(&self, index: u32, value: i32) {
        // The block is shared memory of the right size, so this cannot fail; the same holds below.
        let _ = Atomics::store(&self.0, index, value);
    }

    fn wake(&self) {
        let _ = Atomics::notify(&self.0, control::INPUT);
    }
}
