//! A pull parser for JSON. Nesting uses no call stack, and strings are decoded only on request.

/// A token of a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as written.
    Number(&'a str),
    /// A string.
    String(RawString<'a>),
    /// A name in an object. Its value follows.
    Name(RawString<'a>),
    /// `[`
    ArrayStart,
    /// `{`
    ObjectStart,
    /// The end of the innermost open array or object.
    End,
}

/// A string as written between its quotation marks, escapes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawString<'a>(&'a str);

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where, in bytes from the start of the text.
    pub offset: usize,
    /// What is wrong there.
    pub reason: &'static str,
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Value,
    FirstItem,
    FirstName,
    Name,
    Separator,
}

/// Reads a text from its start.
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The closing byte of each open array or object, innermost last.
    open: Vec<u8>,
    expected: Expected,
}

impl<'a> Reader<'a> {
    /// A reader at the start of a text.
    pub fn new(text: &'a str) -> Reader<'a> {
        Reader { text, at: 0, open: Vec::new(), expected: Expected::Value }
    }

    /// Returns the next token, or `None` at the end of the text.
    pub fn next_token(&mut self) -> Result<Option<Token<'a>>, SyntaxError> {
        if self.expected == Expected::Separator {
            let (closing, byte) = (self.open.last().copied(), self.peek());
            match (closing, byte) {
                (None, None) => return Ok(None),
                (None, Some(_)) => return self.fail("nothing may follow here"),
                (Some(closing), Some(b',')) => {
                    self.at += 1;
                    self.expected = if closing == b'}' { Expected::Name } else { Expected::Value };
                }
                (Some(closing), _) if byte == Some(closing) => return Ok(Some(self.end())),
                (Some(b'}'), _) => return self.fail("`,` or `}` is expected"),
                (Some(_), _) => return self.fail("`,` or `]` is expected"),
            }
        }
        let byte = self.peek();
        match (self.expected, byte) {
            (Expected::FirstItem, Some(b']')) | (Expected::FirstName, Some(b'}')) => return Ok(Some(self.end())),
            (Expected::FirstName | Expected::Name, Some(b'"')) => return self.name().map(Some),
            (Expected::FirstName | Expected::Name, _) => return self.fail("a name in double quotes is expected"),
            _ => {}
        }
        self.expected = Expected::Separator;
        match byte {
            Some(b'[') => Ok(Some(self.begin(b']', Expected::FirstItem, Token::ArrayStart))),
            Some(b'{') => Ok(Some(self.begin(b'}', Expected::FirstName, Token::ObjectStart))),
            Some(b'"') => self.string().map(|text| Some(Token::String(text))),
            Some(b'-' | b'0'..=b'9') => self.number().map(Some),
            _ => {
                let words = [("null", Token::Null), ("true", Token::Boolean(true)), ("false", Token::Boolean(false))];
                let rest = &self.text[self.at..];
                let Some((word, token)) = words.into_iter().find(|(word, _)| rest.starts_with(word)) else {
                    return self.fail("a value is expected");
                };
                self.at += word.len();
                Ok(Some(token))
            }
        }
    }

    fn begin(&mut self, closing: u8, expected: Expected, token: Token<'a>) -> Token<'a> {
        self.at += 1;
        self.open.push(closing);
        self.expected = expected;
        token
    }

    fn end(&mut self) -> Token<'a> {
        self.at += 1;
        self.open.pop();
        self.expected = Expected::Separator;
        Token::End
    }

    fn name(&mut self) -> Result<Token<'a>, SyntaxError> {
        let name = self.string()?;
        if self.peek() != Some(b':') {
            return self.fail("`:` is expected");
        }
        self.at += 1;
        self.expected = Expected::Value;
        Ok(Token::Name(name))
    }

    /// Reads a string; the next byte is its opening quotation mark.
    fn string(&mut self) -> Result<RawString<'a>, SyntaxError> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.byte() {
                None => return self.fail("the string is not closed"),
                Some(b'"') => break,
                Some(..0x20) => return self.fail("a control character must be written as an escape"),
                Some(b'\\') => {
                    self.at += 1;
                    match self.byte() {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
                        Some(b'u') => {
                            self.at += 1;
                            if self.skip_while_at_most(4, |byte| byte.is_ascii_hexdigit()) < 4 {
                                return self.fail("four hexadecimal digits are expected");
                            }
                        }
                        _ => return self.fail("there is no such escape"),
                    }
                }
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(RawString(&self.text[start..self.at - 1]))
    }

    fn number(&mut self) -> Result<Token<'a>, SyntaxError> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Token::Number(&self.text[start..self.at]))
    }

    fn digits(&mut self) -> Result<(), SyntaxError> {
        match self.skip_while_at_most(usize::MAX, |byte| byte.is_ascii_digit()) {
            0 => self.fail("a digit is expected"),
            _ => Ok(()),
        }
    }

    fn skip_while_at_most(&mut self, limit: usize, is_part: impl Fn(u8) -> bool) -> usize {
        let count = self.text.as_bytes()[self.at..].iter().take(limit).take_while(|byte| is_part(**byte)).count();
        self.at += count;
        count
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips whitespace and returns the next byte without consuming it.
    fn peek(&mut self) -> Option<u8> {
        self.skip_while_at_most(usize::MAX, |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        self.byte()
    }

    fn fail<T>(&self, reason: &'static str) -> Result<T, SyntaxError> {
        Err(SyntaxError { offset: self.at, reason })
    }
}

impl RawString<'_> {
    /// Decodes the escapes. Lone surrogates become U+FFFD.
    pub fn decoded(self) -> String {
        let mut decoded = String::with_capacity(self.0.len());
        let mut rest = self.0;
        while let Some((plain, escape)) = rest.split_once('\\') {
            decoded.push_str(plain);
            let (kind, after) = escape.split_at(1);
            rest = after;
            decoded.push(match kind {
                "b" => '\u{8}',
                "f" => '\u{c}',
                "n" => '\n',
                "r" => '\r',
                "t" => '\t',
                "u" => {
                    let (character, length) = character(after);
                    rest = &after[length..];
                    character
                }
                _ => kind.chars().next().unwrap_or_default(),
            });
        }
        decoded.push_str(rest);
        decoded
    }
}

/// Decodes four hexadecimal digits, together with a following `\u` escape if they form a surrogate pair. Returns
/// the character and the number of bytes consumed.
fn character(text: &str) -> (char, usize) {
    let unit = |start: usize| text.get(start..start + 4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let (first, second) = (unit(0).unwrap_or_default(), unit(6).filter(|_| text[4..].starts_with("\\u")));
    match char::decode_utf16(std::iter::once(first).chain(second)).next() {
        Some(Ok(character)) => (character, if character.len_utf16() == 2 { 10 } else { 4 }),
        _ => (char::REPLACEMENT_CHARACTER, 4),
    }
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
