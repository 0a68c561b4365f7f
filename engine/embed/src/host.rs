//! The page or program around the engine, as a host.

use std::cell::RefCell;

use engine::host::{Host, Stream};
use js_sys::{Date, Function, Math};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The clock of pages, workers and Node alike.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

/// The longest part of a line that waits for the line's end.
const LONGEST_WAITING: usize = 1 << 16;

/// Whoever embeds the engine.
pub struct Embedder {
    write: Function,
    /// Of each stream, what was written since the last line feed.
    waiting: RefCell<[Vec<u8>; 2]>,
}

impl Embedder {
    /// `write` gets the number of a stream (1 or 2) and a text.
    pub fn new(write: Function) -> Embedder {
        Embedder { write, waiting: RefCell::default() }
    }

    /// Passes on the lines that have no end.
    pub fn flush(&self) {
        let waiting = self.waiting.take();
        for (stream, text) in waiting.iter().enumerate() {
            self.pass_on(stream, text);
        }
    }

    fn pass_on(&self, stream: usize, text: &[u8]) {
        if !text.is_empty() {
            let text = String::from_utf8_lossy(text);
            // It catches its own errors.
            let _ = self.write.call2(&JsValue::NULL, &JsValue::from(stream as u32 + 1), &JsValue::from_str(&text));
        }
    }
}

impl Host for Embedder {
    fn unix_millis(&self) -> f64 {
        Date::now()
    }

    fn monotonic_millis(&self) -> f64 {
        now()
    }

    fn random(&self) -> u64 {
        let bits = || (Math::random() * f64::from(u32::MAX)) as u64;
        bits() << 32 | bits()
    }

    fn utc_offset_seconds(&self, unix_seconds: i64) -> i32 {
        let minutes = Date::new(&JsValue::from_f64(unix_seconds as f64 * 1000.0)).get_timezone_offset();
        // NaN for a time beyond what dates can be, which becomes 0.
        (minutes * -60.0) as i32
    }

    fn write(&self, stream: Stream, bytes: &[u8]) {
        let stream = usize::from(stream == Stream::Err);
        let complete = {
            let waiting = &mut self.waiting.borrow_mut()[stream];
            let earlier = waiting.len();
            waiting.extend_from_slice(bytes);
            let end = bytes.iter().rposition(|byte| *byte == b'\n').map(|at| earlier + at + 1);
            let longest = (waiting.len() > LONGEST_WAITING).then_some(waiting.len());
            waiting.drain(..end.or(longest).unwrap_or(0)).collect::<Vec<u8>>()
        };
        self.pass_on(stream, &complete);
    }
}
