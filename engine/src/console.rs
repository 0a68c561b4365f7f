//! Connects a running program to the page: batches what it prints, and never sends more than the page keeps;
//! passes on what it reads and what the page asks during the run.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

use wire::{Event, EventBody, Limits, Output, PrintedLine, PrintedPart, Readings, RequestId};

use crate::host::{Budget, Capture, Host, HostRequest, LinePart, Reading, Stream};
use crate::image::HeapImage;
use crate::journal::Recorder;
use crate::run_queries::RunQueries;

/// The longest time that printed text waits while the program runs, so that it appears as it is printed.
const MAX_WAIT_MILLIS: f64 = 40.0;
/// The number of waiting bytes that makes a write check the clock, which would be too slow for every line.
const MAX_WAITING_BYTES: usize = 256 << 10;
/// A longer line is truncated, since a single `print` could exhaust the page's memory.
const MAX_LINE_BYTES: usize = 1 << 20;

/// The most lines with values that a run can print; what it prints after that is text alone.
const MAX_OPENED_LINES: u32 = 500;
/// How much of one line can be opened.
const LINE_BUDGET: Budget = Budget { values: 2000, bytes: 256 << 10 };
/// How much of all lines of a run can be opened.
const RUN_BUDGET: Budget = Budget { values: 100_000, bytes: 8 << 20 };

/// Printed when a program reads but cannot wait for input.
const CANNOT_READ: &str =
    "io.read returns nil: the page is not cross-origin isolated, so a program cannot wait for input\n";

/// The same where a copy of a state is tried.
const CANNOT_READ_IN_TRIAL: &str = "io.read returns nil: a dry run cannot wait for input\n";

/// A host that sends printed text as events and delegates everything else to another host.
pub struct Console {
    host: Rc<dyn Host>,
    emit: Rc<dyn Fn(Event)>,
    queries: RunQueries,
    waiting: RefCell<Waiting>,
    /// What the journal keeps of the run that is going on.
    recorder: RefCell<Option<Recorder>>,
    /// What a program is told that reads but cannot wait for input.
    cannot_read: Cell<&'static str>,
}

struct Waiting {
    request: Option<RequestId>,
    stream: Stream,
    text: Vec<u8>,
    /// Whether the page already has the beginning of the text's first line.
    is_line_begun: bool,
    dropped_lines: u64,
    since_millis: f64,
    /// How many lines the page keeps.
    kept_lines: usize,
    /// How many lines with values the run has printed.
    opened_lines: u32,
    /// How much of what it prints can still be opened.
    budget: Budget,
}

impl Console {
    /// Creates a console that sends its events to `emit`.
    pub fn new(host: Rc<dyn Host>, emit: Rc<dyn Fn(Event)>, queries: RunQueries) -> Console {
        let waiting = Waiting::new(Vec::new());
        Console {
            host,
            emit,
            queries,
            waiting: RefCell::new(waiting),
            recorder: RefCell::default(),
            cannot_read: Cell::new(CANNOT_READ),
        }
    }

    /// The queries that the page asks during a run.
    pub fn queries(&self) -> &RunQueries {
        &self.queries
    }

    /// Runs are trials from now on.
    pub fn begin_trials(&self) {
        self.cannot_read.set(CANNOT_READ_IN_TRIAL);
    }

    /// Sets how many lines the page keeps.
    pub fn keep_lines(&self, lines: u32) {
        self.waiting.borrow_mut().kept_lines = lines as usize;
    }

    /// Begins a run: text printed from now on belongs to this request. `readings` has what the journal knows of the
    /// run so far.
    pub fn begin(&self, request: RequestId, readings: Readings) {
        let utc_offset_seconds = self.host.utc_offset_seconds((self.host.unix_millis() / 1000.0) as i64);
        self.recorder.replace(Some(Recorder::new(Readings { utc_offset_seconds, ..readings })));
        self.queries.begin();
        self.host.set_program_running(true);
        let waiting = &mut *self.waiting.borrow_mut();
        waiting.request = Some(request);
        waiting.is_line_begun = false;
        waiting.since_millis = self.host.monotonic_millis();
        (waiting.opened_lines, waiting.budget) = (0, RUN_BUDGET);
    }

    /// Ends a run: sends everything that waits. Returns what it wrote, and what it took from outside.
    pub fn end(&self) -> (Vec<Output>, Readings) {
        self.host.set_program_running(false);
        self.flush(true);
        self.recorder.take().unwrap_or_default().finish()
    }

    /// Takes the waiting text as an event. Works in whatever state a crash has left the console.
    pub fn take_waiting(&self) -> Option<Event> {
        self.waiting.try_borrow_mut().ok()?.take_event(true)
    }

    fn flush(&self, is_end: bool) {
        let event = {
            let waiting = &mut *self.waiting.borrow_mut();
            waiting.since_millis = self.host.monotonic_millis();
            waiting.take_event(is_end)
        };
        if let Some(event) = event {
            if let (EventBody::Printed(output), Some(recorder)) = (&event.body, &mut *self.recorder.borrow_mut()) {
                recorder.note_output(output);
            }
            (self.emit)(event);
        }
    }

    fn is_due(&self) -> bool {
        let waiting = self.waiting.borrow();
        !waiting.text.is_empty() && self.host.monotonic_millis() - waiting.since_millis > MAX_WAIT_MILLIS
    }
}

impl Waiting {
    fn new(text: Vec<u8>) -> Waiting {
        let kept_lines = Limits::default().console_lines as usize;
        let stream = Stream::Out;
        Waiting {
            request: None,
            stream,
            text,
            is_line_begun: false,
            dropped_lines: 0,
            since_millis: 0.0,
            kept_lines,
            opened_lines: 0,
            budget: RUN_BUDGET,
        }
    }

    /// Takes the waiting text. Leaves an incomplete character at the end for later, unless this is the end.
    fn take(&mut self, is_end: bool) -> Output {
        let complete = if is_end { self.text.len() } else { complete_length(&self.text) };
        let rest = self.text.split_off(complete);
        let bytes = std::mem::replace(&mut self.text, rest);
        self.is_line_begun = bytes.last().map_or(self.is_line_begun, |last| *last != b'\n');
        let stream = match self.stream {
            Stream::Out => wire::Stream::Out,
            Stream::Err => wire::Stream::Err,
        };
        let text = decode_lines(&bytes);
        Output { stream, dropped_lines: std::mem::take(&mut self.dropped_lines), text }
    }

    fn take_event(&mut self, is_end: bool) -> Option<Event> {
        let output = self.take(is_end);
        let is_empty = output.text.is_empty() && output.dropped_lines == 0;
        (!is_empty).then_some(Event { request: self.request, body: EventBody::Printed(output) })
    }

    /// Drops the oldest waiting lines if there are more than the page keeps. The rest of a line that the page
    /// already has the beginning of is not counted: the page counts that line.
    fn trim(&mut self) {
        let line_ends = || self.text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(index, _)| index + 1);
        let line_count = line_ends().count();
        if line_count > self.kept_lines {
            let dropped = line_count - self.kept_lines + 1;
            let start = line_ends().nth(dropped - 1).unwrap_or_default();
            self.dropped_lines += (dropped - usize::from(self.is_line_begun)) as u64;
            self.is_line_begun = false;
            self.text.drain(..start);
        }
    }
}

/// Decodes bytes as text. Truncates lines that are too long and notes their length.
fn decode_lines(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        if content.len() <= MAX_LINE_BYTES {
            text.push_str(&String::from_utf8_lossy(line));
        } else {
            text.push_str(&String::from_utf8_lossy(&line[..complete_length(&line[..MAX_LINE_BYTES])]));
            text.push_str(&format!("… ({} bytes in this line)", content.len()));
            if line.ends_with(b"\n") {
                text.push('\n');
            }
        }
    }
    text
}

/// The number of bytes without an incomplete character at the end.
fn complete_length(bytes: &[u8]) -> usize {
    let Some(start) = bytes.iter().rev().take(4).position(|byte| byte & 0xC0 != 0x80) else { return bytes.len() };
    let start = bytes.len() - 1 - start;
    let length = match bytes[start] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    if start + length > bytes.len() { start } else { bytes.len() }
}

impl Host for Console {
    fn unix_millis(&self) -> f64 {
        self.host.unix_millis()
    }

    fn monotonic_millis(&self) -> f64 {
        self.host.monotonic_millis()
    }

    fn random(&self) -> u64 {
        self.host.random()
    }

    fn utc_offset_seconds(&self, unix_seconds: i64) -> i32 {
        self.host.utc_offset_seconds(unix_seconds)
    }

    fn write(&self, stream: Stream, bytes: &[u8]) {
        if self.waiting.borrow().stream != stream {
            self.flush(true);
            self.waiting.borrow_mut().stream = stream;
        }
        let is_full = {
            let waiting = &mut *self.waiting.borrow_mut();
            waiting.text.extend_from_slice(bytes);
            waiting.text.len() >= MAX_WAITING_BYTES
        };
        if is_full {
            self.waiting.borrow_mut().trim();
            if self.is_due() || self.waiting.borrow().text.len() >= MAX_WAITING_BYTES {
                self.flush(false);
            }
        }
    }

    fn begin_line(&self) -> Option<Budget> {
        let waiting = self.waiting.borrow();
        let Budget { values, bytes } = waiting.budget;
        if waiting.request.is_none() || waiting.opened_lines == MAX_OPENED_LINES || values == 0 {
            return None;
        }
        drop(waiting);
        // The line is to begin with what comes now.
        self.flush(true);
        Some(Budget { values: values.min(LINE_BUDGET.values), bytes: bytes.min(LINE_BUDGET.bytes) })
    }

    fn end_line(&self, parts: Vec<LinePart>, values: HeapImage) {
        let event = {
            let waiting = &mut *self.waiting.borrow_mut();
            let Some(run) = waiting.request else { return };
            waiting.since_millis = self.host.monotonic_millis();
            let output = waiting.take(true);
            if let Some(recorder) = &mut *self.recorder.borrow_mut() {
                recorder.note_output(&output);
            }
            let number = waiting.opened_lines;
            waiting.opened_lines += 1;
            waiting.budget = waiting.budget.less(values.value_count() as usize + 1, values.byte_count());
            let mut values = self.queries.inspections().borrow_mut().keep_line(run, number, values).into_iter();
            let part = |part| match part {
                LinePart::Text(text) => Some(PrintedPart::Text(text)),
                LinePart::Value => values.next().map(PrintedPart::Value),
            };
            let parts = parts.into_iter().filter_map(part).collect();
            let text = output.text.strip_suffix('\n').unwrap_or(&output.text).to_owned();
            Event { request: Some(run), body: EventBody::PrintedLine(PrintedLine { number, text, parts }) }
        };
        (self.emit)(event);
    }

    fn records(&self) -> Option<Cow<'static, str>> {
        self.host.records()
    }

    fn can_read(&self) -> bool {
        self.host.can_read()
    }

    fn read_line(&self, answer: &mut dyn FnMut()) -> Option<Vec<u8>> {
        if !self.can_read() {
            self.write(Stream::Err, self.cannot_read.get().as_bytes());
            return None;
        }
        self.flush(true);
        let request = {
            let waiting = &mut *self.waiting.borrow_mut();
            waiting.is_line_begun = false;
            waiting.request
        };
        (self.emit)(Event { request, body: EventBody::InputAwaited });
        let line = self.host.read_line(answer);
        if let Some(recorder) = &mut *self.recorder.borrow_mut() {
            recorder.note_line(line.as_deref());
        }
        line
    }

    fn note(&self, reading: Reading) {
        if let Some(recorder) = &mut *self.recorder.borrow_mut() {
            recorder.note_reading(reading);
        }
    }

    fn poll(&self, memory_bytes: u64) -> HostRequest {
        if self.is_due() {
            self.waiting.borrow_mut().trim();
            self.flush(false);
        }
        self.host.poll(memory_bytes)
    }

    fn answer(&self, home: &mut Capture) {
        self.queries.answer(self.host.as_ref(), home);
    }

    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        self.host.pause()
    }

    fn is_withdrawn(&self, request: RequestId) -> bool {
        self.host.is_withdrawn(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_not_split() {
        assert_eq!(complete_length("aé".as_bytes()), 3);
        assert_eq!(complete_length(&"aé".as_bytes()[..2]), 1);
        assert_eq!(complete_length(&"a✓".as_bytes()[..3]), 1);
        assert_eq!(complete_length(b"a\xff"), 2);
        assert_eq!(complete_length(b"\x80\x80\x80\x80\x80"), 5);
        assert_eq!(complete_length(b""), 0);
    }

    #[test]
    fn the_newest_lines_are_kept() {
        const LINES: usize = 10_000;
        let text: String = (0..LINES + 5).map(|line| format!("{line}\n")).collect();
        let mut waiting = Waiting::new(text.into_bytes());
        waiting.trim();
        let output = waiting.take(true);
        assert_eq!(output.text.lines().next(), Some("6"));
        assert_eq!(output.dropped_lines as usize + output.text.lines().count(), LINES + 5);
    }

    #[test]
    fn a_line_with_a_dropped_rest_is_counted_once() {
        const LINES: usize = 10_000;
        let mut waiting = Waiting::new(b"0\n1".to_vec());
        assert_eq!(waiting.take(false).text, "0\n1");
        waiting.text = (2..LINES + 5).map(|line| format!("\n{line}")).collect::<String>().into_bytes();
        waiting.trim();
        let output = waiting.take(true);
        assert_eq!(2 + output.dropped_lines as usize + output.text.lines().count(), LINES + 5);
    }
}
