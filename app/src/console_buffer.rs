//! The contents of the console: a bounded list of entries in order of arrival, as plain data.

use std::{collections::VecDeque, sync::Arc};

use wire::{Output, RequestId, RunInfo, ScriptError, Stream, Summary};

use crate::formats;

/// The maximum number of bytes of text that the console keeps, however long the lines are.
const MAX_BYTES: usize = 8 << 20;
/// The size limits of a block, which is one element on the page: large enough that there are few, small enough that
/// adding a line to the last one is cheap.
const BLOCK_LINES: usize = 200;
const BLOCK_BYTES: usize = 64 << 10;

/// Identifies an entry for as long as the console exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(u64);

/// One entry of the console.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Incremented when text is added to the entry.
    pub version: u32,
    /// What it is.
    pub body: Body,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A program from the editor started: the head of what it writes.
    Run(RunHead),
    /// A line from the prompt started.
    Echo(Arc<str>),
    /// A line that was typed for the program.
    Input(Arc<str>),
    /// A part of the text that a program printed.
    Text(TextBlock),
    /// The number of lines that the worker dropped here.
    Omitted(u64),
    /// What a run returned; at least one value.
    Returned {
        /// The run that returned the values.
        run: RequestId,
        /// The values.
        values: Arc<[Summary]>,
    },
    /// The error that a run ended with.
    Failed(Arc<ScriptError>),
    /// A message from the page itself.
    Note {
        /// How bad it is.
        severity: Severity,
        /// For the person at the page.
        text: Arc<str>,
    },
}

/// A program's run, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct RunHead {
    /// The run.
    pub run: RequestId,
    /// What ran.
    pub what: Arc<str>,
    /// When it started, in milliseconds since 1970.
    pub at_millis: f64,
    /// How long it took, once it has ended by itself or by a soft stop.
    pub elapsed_millis: Option<f64>,
    /// What the journal keeps of it, once it does.
    pub kept: Option<Arc<RunInfo>>,
}

/// A part of the text that a program printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextBlock {
    /// The stream that it was printed to.
    pub stream: Stream,
    /// The text, line feeds included.
    pub text: Arc<str>,
    /// The number of lines, including an unfinished one.
    pub line_count: usize,
}

/// How bad a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something is not as expected.
    Warning,
    /// Something failed.
    Error,
}

/// The contents of the console.
#[derive(Clone, Debug)]
pub struct ConsoleBuffer {
    /// The console keeps at least this many of the latest lines.
    line_limit: usize,
    entries: VecDeque<Entry>,
    next_id: u64,
    line_count: usize,
    byte_count: usize,
    dropped_lines: u64,
}

impl ConsoleBuffer {
    /// Creates an empty console that keeps at least `line_limit` of the latest lines.
    pub fn new(line_limit: usize) -> Self {
        ConsoleBuffer {
            line_limit,
            entries: VecDeque::new(),
            next_id: 0,
            line_count: 0,
            byte_count: 0,
            dropped_lines: 0,
        }
    }

    /// Keeps at least `line_limit` of the latest lines from now on.
    pub fn keep_lines(&mut self, line_limit: usize) {
        self.line_limit = line_limit;
        self.trim();
    }

    /// The entries, the oldest first.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The entry with this id, unless it was dropped.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        let index = self.entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.entries.get(index)
    }

    /// Takes the last entry back, if it is a line of the prompt: it was not run after all.
    pub fn take_back_echo(&mut self) -> Option<Arc<str>> {
        let Some(Entry { body: Body::Echo(text), .. }) = self.entries.back() else { return None };
        let text = text.clone();
        self.line_count -= 1;
        self.byte_count -= text.len();
        self.entries.pop_back();
        Some(text)
    }

    /// Changes the head of a run, unless it was dropped, or is a line of the prompt, which has none.
    pub fn change_run(&mut self, run: RequestId, change: impl FnOnce(&mut RunHead)) {
        let is_head = |entry: &&mut Entry| matches!(&entry.body, Body::Run(head) if head.run == run);
        if let Some(Entry { body: Body::Run(head), version, .. }) = self.entries.iter_mut().rev().find(is_head) {
            change(head);
            *version += 1;
        }
    }

    /// The number of lines that were dropped before the first entry.
    pub fn dropped_lines(&self) -> u64 {
        self.dropped_lines
    }

    /// Removes everything. Ids continue, so that an old entry is never mistaken for a new one.
    pub fn clear(&mut self) {
        *self = ConsoleBuffer { next_id: self.next_id, ..ConsoleBuffer::new(self.line_limit) };
    }

    /// Adds an entry. For printed text, use [`ConsoleBuffer::print`].
    pub fn push(&mut self, body: Body) {
        let id = EntryId(self.next_id);
        self.next_id += 1;
        self.line_count += body.line_count();
        self.byte_count += body.byte_count();
        self.entries.push_back(Entry { id, version: 0, body });
        self.trim();
    }

    /// Appends the text that a program printed.
    pub fn print(&mut self, output: &Output) {
        if output.dropped_lines > 0 {
            self.end_line();
            self.push(Body::Omitted(output.dropped_lines));
        }
        let mut rest = output.text.as_str();
        while !rest.is_empty() {
            rest = match self.entries.back_mut() {
                Some(Entry { body: Body::Text(block), version, .. }) if block.takes(output.stream) => {
                    let (lines_before, bytes_before) = (block.line_count, block.text.len());
                    let rest = block.append(rest);
                    *version += 1;
                    self.line_count += block.line_count - lines_before;
                    self.byte_count += block.text.len() - bytes_before;
                    rest
                }
                _ => {
                    let mut block = TextBlock { stream: output.stream, text: "".into(), line_count: 0 };
                    let rest = block.append(rest);
                    self.push(Body::Text(block));
                    rest
                }
            };
        }
        self.trim();
    }

    /// Ends an unfinished line whose rest the worker dropped.
    fn end_line(&mut self) {
        if let Some(Entry { body: Body::Text(block), version, .. }) = self.entries.back_mut()
            && !block.text.ends_with('\n')
        {
            block.text = [&block.text, "\n"].concat().into();
            *version += 1;
            self.byte_count += 1;
        }
    }

    /// Drops entries from the front while enough lines remain.
    fn trim(&mut self) {
        while let Some(first) = self.entries.front()
            && self.entries.len() > 1
            && (self.line_count - first.body.line_count() >= self.line_limit || self.byte_count > MAX_BYTES)
        {
            self.line_count -= first.body.line_count();
            self.byte_count -= first.body.byte_count();
            self.dropped_lines += match &first.body {
                Body::Text(block) => block.line_count as u64,
                Body::Omitted(lines) => *lines,
                _ => 0,
            };
            self.entries.pop_front();
        }
    }
}

impl Body {
    /// Whether the entry contains this lower-case text, ignoring case. Entries that only frame the output never match
    /// a filter.
    pub fn contains(&self, lowercase: &str) -> bool {
        let contains = |text: &str| formats::lowercase(text).contains(lowercase);
        match self {
            Body::Text(block) => contains(&block.text),
            Body::Echo(text) | Body::Input(text) | Body::Note { text, .. } => contains(text),
            Body::Failed(error) => contains(&error.message) || contains(&error.traceback),
            Body::Returned { values, .. } => values.iter().any(|value| contains(&value.text)),
            Body::Run(_) | Body::Omitted(_) => lowercase.is_empty(),
        }
    }

    fn line_count(&self) -> usize {
        match self {
            Body::Text(block) => block.line_count,
            _ => 1,
        }
    }

    fn byte_count(&self) -> usize {
        match self {
            Body::Text(block) => block.text.len(),
            Body::Echo(text) | Body::Input(text) | Body::Note { text, .. } => text.len(),
            Body::Failed(error) => error.message.len() + error.traceback.len(),
            _ => 0,
        }
    }
}

impl TextBlock {
    /// Whether this block accepts more text of this stream. The rest of an unfinished line is always accepted until the
    /// block is too large; then the line is broken there.
    fn takes(&self, stream: Stream) -> bool {
        let is_full = self.line_count >= BLOCK_LINES && self.text.ends_with('\n');
        stream == self.stream && !is_full && self.text.len() < BLOCK_BYTES
    }

    /// Appends as much of the text as fits and returns the rest.
    fn append<'a>(&mut self, text: &'a str) -> &'a str {
        let is_open = !self.text.is_empty() && !self.text.ends_with('\n');
        let finished = self.line_count - usize::from(is_open);
        let end = fitting(text, BLOCK_LINES - finished, BLOCK_BYTES.saturating_sub(self.text.len()).max(4));
        let (taken, rest) = text.split_at(end);
        self.text = [&self.text, taken].concat().into();
        let ends_open = !self.text.ends_with('\n');
        self.line_count = finished + taken.matches('\n').count() + usize::from(ends_open);
        rest
    }
}

/// How many bytes of the text fit into this many lines and bytes.
fn fitting(text: &str, lines: usize, bytes: usize) -> usize {
    let limit = if text.len() <= bytes { text.len() } else { text.floor_char_boundary(bytes) };
    let line_ends = text[..limit].match_indices('\n').map(|(index, _)| index + 1);
    line_ends.take(lines).nth(lines - 1).unwrap_or(limit)
}

#[cfg(test)]
#[path = "console_buffer_tests.rs"]
mod tests;
