//! Reads JSON text, piece by piece. Depth costs no stack, and what is not asked for is not made.

/// A piece of a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as it is written.
    Number(&'a str),
    /// A text.
    Text(Text<'a>),
    /// A name in an object, whose value comes next.
    Name(Text<'a>),
    /// `[`
    ArrayBegins,
    /// `{`
    ObjectBegins,
    /// The end of what began last.
    Ends,
}

/// A text as it is written, between its quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text<'a>(&'a str);

/// Why a text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes from the start.
    pub offset: usize,
    /// What is wrong there.
    pub reason: &'static str,
}

/// What comes next.
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
    /// Of what is open, the byte that closes it.
    open: Vec<u8>,
    expected: Expected,
}

impl<'a> Reader<'a> {
    /// At the start of a text.
    pub fn new(text: &'a str) -> Reader<'a> {
        Reader { text, at: 0, open: Vec::new(), expected: Expected::Value }
    }

    /// The next piece; `None` once the text has come to its end.
    pub fn next_piece(&mut self) -> Result<Option<Piece<'a>>, Problem> {
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
            Some(b'[') => Ok(Some(self.begin(b']', Expected::FirstItem, Piece::ArrayBegins))),
            Some(b'{') => Ok(Some(self.begin(b'}', Expected::FirstName, Piece::ObjectBegins))),
            Some(b'"') => self.string().map(|text| Some(Piece::Text(text))),
            Some(b'-' | b'0'..=b'9') => self.number().map(Some),
            _ => {
                let words = [("null", Piece::Null), ("true", Piece::Boolean(true)), ("false", Piece::Boolean(false))];
                let rest = &self.text[self.at..];
                let Some((word, piece)) = words.into_iter().find(|(word, _)| rest.starts_with(word)) else {
                    return self.fail("a value is expected");
                };
                self.at += word.len();
                Ok(Some(piece))
            }
        }
    }

    fn begin(&mut self, closing: u8, expected: Expected, piece: Piece<'a>) -> Piece<'a> {
        self.at += 1;
        self.open.push(closing);
        self.expected = expected;
        piece
    }

    fn end(&mut self) -> Piece<'a> {
        self.at += 1;
        self.open.pop();
        self.expected = Expected::Separator;
        Piece::Ends
    }

    fn name(&mut self) -> Result<Piece<'a>, Problem> {
        let name = self.string()?;
        if self.peek() != Some(b':') {
            return self.fail("`:` is expected");
        }
        self.at += 1;
        self.expected = Expected::Value;
        Ok(Piece::Name(name))
    }

    /// At a quotation mark.
    fn string(&mut self) -> Result<Text<'a>, Problem> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.byte() {
                None => return self.fail("the text has no end"),
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
        Ok(Text(&self.text[start..self.at - 1]))
    }

    fn number(&mut self) -> Result<Piece<'a>, Problem> {
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
        Ok(Piece::Number(&self.text[start..self.at]))
    }

    fn digits(&mut self) -> Result<(), Problem> {
        match self.skip_while_at_most(usize::MAX, |byte| byte.is_ascii_digit()) {
            0 => self.fail("a digit is expected"),
            _ => Ok(()),
        }
    }

    fn skip_while_at_most(&mut self, most: usize, is_part: impl Fn(u8) -> bool) -> usize {
        let count = self.text.as_bytes()[self.at..].iter().take(most).take_while(|byte| is_part(**byte)).count();
        self.at += count;
        count
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        self.skip_while_at_most(usize::MAX, |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        self.byte()
    }

    fn fail<T>(&self, reason: &'static str) -> Result<T, Problem> {
        Err(Problem { offset: self.at, reason })
    }
}

impl Text<'_> {
    /// Its characters. Halves of characters (lone surrogates) become U+FFFD.
    pub fn decoded(self) -> String {
        let mut decoded = String::with_capacity(self.0.len());
        let mut rest = self.0;
        while let Some((plain, escape)) = rest.split_once('\\') {
            decoded.push_str(plain);
            let (kind, behind) = escape.split_at(1);
            rest = behind;
            decoded.push(match kind {
                "b" => '\u{8}',
                "f" => '\u{c}',
                "n" => '\n',
                "r" => '\r',
                "t" => '\t',
                "u" => {
                    let (character, length) = character(behind);
                    rest = &behind[length..];
                    character
                }
                _ => kind.chars().next().unwrap_or_default(),
            });
        }
        decoded.push_str(rest);
        decoded
    }
}

/// The character of four hexadecimal digits, or of these and another escape, and how many bytes it takes.
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
