//! The embedding page or program as the engine's host.

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

/// How many bytes of an unfinished line are held back.
const MAX_PENDING_BYTES: usize = 1 << 16;

/// The page or program that embeds the engine.
pub struct Embedder {
    write: Function,
    /// What was written to each stream since its last line feed.
    pending: RefCell<[Vec<u8>; 2]>,
}

impl Embedder {
    /// `write` is called with the number of a stream (1 or 2) and a text.
    pub fn new(write: Function) -> Embedder {
        Embedder { write, pending: RefCell::default() }
    }

    /// Passes on unfinished lines.
    pub fn flush(&self) {
        let pending = self.pending.take();
        for (stream, text) in pending.iter().enumerate() {
            self.pass_on(stream, text);
        }
    }

    fn pass_on(&self, stream: usize, text: &[u8]) {
        if !text.is_empty() {
            let text = String::from_utf8_lossy(text);
            // The callback catches its own errors.
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
        // NaN for a time out of the range of dates; the cast makes it 0.
        (minutes * -60.0) as i32
    }

    fn write(&self, stream: Stream, bytes: &[u8]) {
        let stream = usize::from(stream == Stream::Err);
        let complete = {
            let pending = &mut self.pending.borrow_mut()[stream];
            let earlier = pending.len();
            pending.extend_from_slice(bytes);
            let end = bytes.iter().rposition(|byte| *byte == b'\n').map(|at| earlier + at + 1);
            let longest = (pending.len() > MAX_PENDING_BYTES).then_some(pending.len());
            pending.drain(..end.or(longest).unwrap_or(0)).collect::<Vec<u8>>()
        };
        self.pass_on(stream, &complete);
    }
}
