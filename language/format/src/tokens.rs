//! The pieces of a program: its tokens and comments.

use std::fmt;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name, or a keyword.
    Word,
    /// An operator or a delimiter.
    Symbol,
    /// A numeral.
    Number,
    /// A string in any kind of quotes.
    Text,
    /// A comment, or the first line where it begins with `#`.
    Comment,
}

/// A piece of a program.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Where it begins and ends, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Why a text is no program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line, from 1.
    pub line: u32,
    /// What is wrong there.
    pub what: String,
}

impl Wrong {
    /// Something is wrong at a place, counted in bytes.
    pub fn at(text: &str, place: usize, what: impl Into<String>) -> Self {
        Wrong { line: line_at(text, place), what: what.into() }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {} has a syntax error, {}.", self.line, self.what)
    }
}

/// The line of a place, from 1.
pub fn line_at(text: &str, place: usize) -> u32 {
    text.as_bytes().iter().take(place).filter(|byte| **byte == b'\n').count() as u32 + 1
}

/// The symbols, those first that begin with another.
const SYMBOLS: [&str; 33] = [
    "...", "..", "::", "<<", ">>", "//", "==", "~=", "<=", ">=", "+", "-", "*", "/", "%", "^", "#", "&", "~", "|", "<",
    ">", "=", "(", ")", "{", "}", "[", "]", ";", ":", ",", ".",
];

/// Cuts a program into its pieces.
pub fn pieces(text: &str) -> Result<Vec<Piece>, Wrong> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut at = 0;
    if bytes.first() == Some(&b'#') {
        at = line_end(bytes, 0);
        pieces.push(Piece { kind: Kind::Comment, start: 0, end: at });
    }
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() || byte == 0x0b {
            at += 1;
            continue;
        }
        let rest = &bytes[at..];
        let is_point = byte == b'.' && rest.get(1).is_some_and(u8::is_ascii_digit);
        let (kind, end) = match byte {
            b'-' if rest.get(1) == Some(&b'-') => (Kind::Comment, comment_end(text, at)?),
            b'"' | b'\'' => (Kind::Text, quoted_end(text, at)?),
            b'[' if level(&rest[1..]).is_some() => (Kind::Text, bracket_end(text, at)?),
            _ if byte.is_ascii_digit() || is_point => (Kind::Number, number_end(bytes, at)),
            _ if is_in_word(byte) => {
                (Kind::Word, at + rest.iter().position(|byte| !is_in_word(*byte)).unwrap_or(rest.len()))
            }
            _ => match SYMBOLS.iter().find(|symbol| rest.starts_with(symbol.as_bytes())) {
                Some(symbol) => (Kind::Symbol, at + symbol.len()),
                None => {
                    let character = text[at..].chars().next().unwrap_or_default();
                    return Err(Wrong::at(text, at, ["unexpected “", &character.to_string(), "”"].concat()));
                }
            },
        };
        pieces.push(Piece { kind, start: at, end });
        at = end;
    }
    Ok(pieces)
}

fn is_in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| from + length)
}

/// How many `=` stand before the second bracket of those that begin a long string.
fn level(after: &[u8]) -> Option<usize> {
    let count = after.iter().take_while(|byte| **byte == b'=').count();
    (after.get(count) == Some(&b'[')).then_some(count)
}

fn comment_end(text: &str, at: usize) -> Result<usize, Wrong> {
    let bytes = text.as_bytes();
    let is_long = bytes.get(at + 2) == Some(&b'[') && level(&bytes[at + 3..]).is_some();
    if is_long { bracket_end(text, at + 2) } else { Ok(line_end(bytes, at)) }
}

fn bracket_end(text: &str, at: usize) -> Result<usize, Wrong> {
    let count = level(&text.as_bytes()[at + 1..]).unwrap_or(0);
    let end = ["]", &"=".repeat(count), "]"].concat();
    let found = text[at..].find(&end).map(|length| at + length + end.len());
    found.ok_or_else(|| Wrong::at(text, at, "what begins there has no end"))
}

fn quoted_end(text: &str, at: usize) -> Result<usize, Wrong> {
    let bytes = text.as_bytes();
    let mut place = at + 1;
    while let Some(&byte) = bytes.get(place) {
        match byte {
            b'\\' if bytes.get(place + 1) == Some(&b'z') => {
                place += 2;
                place += bytes[place..].iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0x0b).count();
            }
            b'\\' => place += 2,
            b'\n' => break,
            _ if byte == bytes[at] => return Ok(place + 1),
            _ => place += 1,
        }
    }
    Err(Wrong::at(text, at, "the string has no end"))
}

/// As Lua's own lexer reads them: whether it is a number shows later.
fn number_end(bytes: &[u8], at: usize) -> usize {
    let is_hex = bytes[at] == b'0' && matches!(bytes.get(at + 1), Some(b'x' | b'X'));
    let exponents: &[u8] = if is_hex { b"pP" } else { b"eE" };
    let mut place = at;
    while let Some(byte) = bytes.get(place) {
        if exponents.contains(byte) && matches!(bytes.get(place + 1), Some(b'+' | b'-')) {
            place += 2;
        } else if is_in_word(*byte) || *byte == b'.' {
            place += 1;
        } else {
            break;
        }
    }
    place
}
