//! A part of the text that a program printed.

use std::sync::Arc;

use wire::Stream;

/// The size limits of a block, which is one element on the page: large enough that there are few, small enough that
/// adding a line to the last one is cheap.
const BLOCK_LINES: usize = 200;
pub(super) const BLOCK_BYTES: usize = 64 << 10;
/// How many equal lines in a row become one with a count. Fewer may be part of a picture.
const MIN_FOLDED: usize = 10;

/// A part of the text that a program printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextBlock {
    /// The stream that it was printed to.
    pub stream: Stream,
    /// The text, line feeds included.
    pub text: Arc<str>,
    /// The number of lines, including an unfinished one.
    pub line_count: usize,
    /// How many times the text was printed in a row. Above 1, it is a single line.
    pub times: usize,
}

impl TextBlock {
    /// Nothing yet.
    pub fn new(stream: Stream) -> Self {
        TextBlock { stream, text: "".into(), line_count: 0, times: 1 }
    }

    /// Whether this block accepts more text of this stream. The rest of an unfinished line is always accepted until the
    /// block is too large; then the line is broken there.
    pub fn takes(&self, stream: Stream) -> bool {
        let is_full = self.line_count >= BLOCK_LINES && self.text.ends_with('\n');
        stream == self.stream && self.times == 1 && !is_full && self.text.len() < BLOCK_BYTES
    }

    /// Appends as much of the text as fits, up to the last one of [`MIN_FOLDED`] equal lines, and returns the rest.
    pub fn append<'a>(&mut self, text: &'a str) -> &'a str {
        let is_open = !self.text.is_empty() && !self.text.ends_with('\n');
        let finished = self.line_count - usize::from(is_open);
        let end = fitting(text, BLOCK_LINES - finished, BLOCK_BYTES.saturating_sub(self.text.len()).max(4));
        let end = if is_open { end } else { self.up_to_folded(&text[..end]) };
        let (taken, rest) = text.split_at(end);
        self.text = [&self.text, taken].concat().into();
        let ends_open = !self.text.ends_with('\n');
        self.line_count = finished + taken.matches('\n').count() + usize::from(ends_open);
        rest
    }

    /// Counts the lines at the start of the text that repeat the one line of this block, and returns the rest.
    pub fn repeat<'a>(&mut self, stream: Stream, text: &'a str) -> &'a str {
        let mut rest = text;
        while self.times > 1
            && stream == self.stream
            && let Some(after) = rest.strip_prefix(&*self.text)
        {
            self.times += 1;
            rest = after;
        }
        rest
    }

    /// Takes off the last lines, if they are enough equal ones to become one with a count.
    pub fn split_repeated(&mut self) -> Option<TextBlock> {
        let (line, count) = last_lines(&self.text)?;
        if count < MIN_FOLDED {
            return None;
        }
        let folded = TextBlock { stream: self.stream, text: line.into(), line_count: 1, times: count };
        self.text = self.text[..self.text.len() - count * line.len()].into();
        self.line_count -= count;
        Some(folded)
    }

    /// The end of the last one of [`MIN_FOLDED`] equal lines, counted with those at the end of this block; or of the
    /// text.
    fn up_to_folded(&self, text: &str) -> usize {
        let (mut last, mut count) = last_lines(&self.text).unwrap_or(("", 0));
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            end += line.len();
            count = if line == last && is_folded(line) { count + 1 } else { usize::from(is_folded(line)) };
            last = line;
            if count == MIN_FOLDED {
                return end;
            }
        }
        text.len()
    }
}

/// The last line of a text, if it is finished and may be folded, and how many lines at the end are equal to it, at most
/// [`MIN_FOLDED`].
fn last_lines(text: &str) -> Option<(&str, usize)> {
    let mut lines = text.split_inclusive('\n').rev();
    let last = lines.next().filter(|line| is_folded(line))?;
    Some((last, 1 + lines.take(MIN_FOLDED - 1).take_while(|line| *line == last).count()))
}

/// Whether such lines become one with a count: finished ones, which are not blank.
fn is_folded(line: &str) -> bool {
    line.ends_with('\n') && !line.trim().is_empty()
}

/// How many bytes of the text fit into this many lines and bytes.
fn fitting(text: &str, lines: usize, bytes: usize) -> usize {
    let limit = if text.len() <= bytes { text.len() } else { text.floor_char_boundary(bytes) };
    let line_ends = text[..limit].match_indices('\n').map(|(index, _)| index + 1);
    line_ends.take(lines).nth(lines - 1).unwrap_or(limit)
}
