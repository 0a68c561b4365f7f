//! The contents of the console: a bounded list of entries in order of arrival, as plain data.

mod text;

pub use text::TextBlock;

use std::{collections::VecDeque, sync::Arc};

use wire::{Output, PrintedLine, RequestId, RunInfo, ScriptError, Stream, Summary};

use crate::formats;

/// The maximum number of bytes of text that the console keeps, however long the lines are.
const MAX_BYTES: usize = 8 << 20;
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
    /// A line that a program printed, with values that can be opened.
    Printed {
        /// The run that printed it.
        run: RequestId,
        /// The line.
        line: Arc<PrintedLine>,
    },
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

    /// All of it as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for entry in &self.entries {
            // A line of the program may be unfinished.
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(&entry.body.text());
        }
        text
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
            rest = self.print_part(output.stream, rest);
            self.fold();
        }
        self.trim();
    }

    /// Appends a part of a text, and returns the rest.
    fn print_part<'a>(&mut self, stream: Stream, text: &'a str) -> &'a str {
        if let Some(Entry { body: Body::Text(block), version, .. }) = self.entries.back_mut() {
            let (lines_before, bytes_before) = (block.line_count, block.text.len());
            let rest = if block.takes(stream) { block.append(text) } else { block.repeat(stream, text) };
            if rest.len() < text.len() {
                *version += 1;
                self.line_count += block.line_count - lines_before;
                self.byte_count += block.text.len() - bytes_before;
                return rest;
            }
        }
        let mut block = TextBlock::new(stream);
        let rest = block.append(text);
        self.push(Body::Text(block));
        rest
    }

    /// Makes equal lines at the end an entry of their own, if there are enough.
    fn fold(&mut self) {
        let Some(Entry { body: Body::Text(block), version, .. }) = self.entries.back_mut() else { return };
        let (lines_before, bytes_before) = (block.line_count, block.text.len());
        let Some(folded) = (block.times == 1).then(|| block.split_repeated()).flatten() else { return };
        *version += 1;
        self.line_count -= lines_before - block.line_count;
        self.byte_count -= bytes_before - block.text.len();
        if block.text.is_empty() {
            self.entries.pop_back();
        }
        self.push(Body::Text(folded));
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
                Body::Text(block) => (block.line_count * block.times) as u64,
                Body::Printed { .. } => 1,
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
            Body::Printed { line, .. } => contains(&line.text) || line.values().any(|value| contains(&value.text)),
            Body::Echo(text) | Body::Input(text) | Body::Note { text, .. } => contains(text),
            Body::Failed(error) => contains(&error.message) || contains(&error.traceback),
            Body::Returned { values, .. } => values.iter().any(|value| contains(&value.text)),
            Body::Run(_) | Body::Omitted(_) => lowercase.is_empty(),
        }
    }

    /// Whether the entry says that something is wrong: an error, a warning, or what was written to `io.stderr`.
    pub fn is_complaint(&self) -> bool {
        match self {
            Body::Failed(_) => true,
            Body::Text(block) => block.stream == Stream::Err,
            Body::Note { severity, .. } => *severity != Severity::Info,
            _ => false,
        }
    }

    /// The entry as text, with its line feed.
    pub fn text(&self) -> String {
        let line = |mark: &str, text: &str| [mark, text, "\n"].concat();
        match self {
            Body::Run(head) => line("-- ", &[&*head.what, " ", &formats::time_of_day(head.at_millis)].concat()),
            Body::Echo(text) => line("> ", text),
            Body::Input(text) => line("» ", text),
            Body::Text(block) => block.text.repeat(block.times),
            Body::Printed { line: printed, .. } => line("", &printed.text),
            Body::Omitted(lines) => line("-- ", &[&formats::counted(*lines, "line"), " left out here"].concat()),
            Body::Returned { values, .. } => values.iter().map(|value| line("← ", &value.text)).collect(),
            Body::Failed(error) if error.traceback.is_empty() => line("", &error.message),
            Body::Failed(error) => [line("", &error.message), line("", &error.traceback)].concat(),
            Body::Note { text, .. } => line("-- ", text),
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
            Body::Printed { line, .. } => line.text.len(),
            Body::Echo(text) | Body::Input(text) | Body::Note { text, .. } => text.len(),
            Body::Failed(error) => error.message.len() + error.traceback.len(),
            _ => 0,
        }
    }
}

#[cfg(test)]
#[path = "console_buffer_tests.rs"]
mod tests;
