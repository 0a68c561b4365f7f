//! Lua's grammar: reads tokens, and writes down what they mean. Operators follow their operands, so it takes no
//! parentheses to say what they apply to.

mod expressions;

use crate::{
    meaning::Part,
    tokens::{Kind, Piece, Wrong},
};
use expressions::Form;

/// How deep programs can be nested, as in Lua's own compiler.
const MAX_DEPTH: u32 = 200;
/// Reads a program once.
pub struct Reader<'a, 't> {
    text: &'a str,
    tokens: &'t [Piece],
    at: usize,
    depth: u32,
    parts: Vec<(Part<'a>, usize)>,
}

impl<'a, 't> Reader<'a, 't> {
    /// A reader of a text that has these tokens.
    pub fn new(text: &'a str, tokens: &'t [Piece]) -> Self {
        Reader { text, tokens, at: 0, depth: 0, parts: Vec::new() }
    }

    /// What the program means, and where that was read.
    pub fn program(mut self) -> Result<Vec<(Part<'a>, usize)>, Wrong> {
        self.block()?;
        if self.at < self.tokens.len() { Err(self.wrong()) } else { Ok(self.parts) }
    }

    /// The next token; empty at the end.
    fn peek(&self) -> &'a str {
        self.tokens.get(self.at).map_or("", |piece| &self.text[piece.start..piece.end])
    }

    fn kind(&self) -> Option<Kind> {
        self.tokens.get(self.at).map(|piece| piece.kind)
    }

    fn take(&mut self, token: &str) -> bool {
        let is_there = self.peek() == token;
        self.at += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, token: &str) -> Result<(), Wrong> {
        if self.take(token) { Ok(()) } else { Err(self.wrong_before(["“", token, "” is missing"].concat())) }
    }

    fn wrong(&self) -> Wrong {
        self.wrong_before(match self.peek() {
            "" => "the program ends too early".to_owned(),
            token => ["unexpected “", token, "”"].concat(),
        })
    }

    fn wrong_before(&self, what: String) -> Wrong {
        let end = self.text.trim_end().len();
        Wrong::at(self.text, self.tokens.get(self.at).map_or(end, |piece| piece.start), what)
    }

    fn add(&mut self, part: Part<'a>) {
        let place = self.at.checked_sub(1).and_then(|before| self.tokens.get(before));
        self.parts.push((part, place.map_or(0, |piece| piece.start)));
    }

    fn mark(&mut self, mark: &'static str) {
        self.add(Part::Mark(mark));
    }

    /// Takes a token as it is.
    fn word(&mut self) {
        let word = self.peek();
        self.at += 1;
        self.add(Part::Word(word));
    }

    fn name(&mut self) -> Result<(), Wrong> {
        if self.kind() != Some(Kind::Word) || is_keyword(self.peek()) {
            return Err(self.wrong());
        }
        self.word();
        Ok(())
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Wrong>) -> Result<T, Wrong> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.wrong_before("it is nested too deeply".to_owned()));
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn ends_block(&self) -> bool {
        matches!(self.peek(), "" | "end" | "else" | "elseif" | "until")
    }

    fn block(&mut self) -> Result<(), Wrong> {
        while !self.ends_block() {
            if self.take(";") {
                continue;
            }
            if self.peek() == "return" {
                self.word();
                if !self.ends_block() && self.peek() != ";" {
                    self.list()?;
                }
                self.take(";");
                break;
            }
            self.deeper(Self::statement)?;
        }
        self.mark("end of block");
        if self.ends_block() { Ok(()) } else { Err(self.wrong()) }
    }

    fn block_until(&mut self, end: &str) -> Result<(), Wrong> {
        self.block()?;
        self.expect(end)
    }

    fn statement(&mut self) -> Result<(), Wrong> {
        match self.peek() {
            "if" => self.choice(),
            "while" => {
                self.word();
                self.expression(0)?;
                self.expect("do")?;
                self.block_until("end")
            }
            "do" => {
                self.word();
                self.block_until("end")
            }
            "for" => self.counted_or_each(),
            "repeat" => {
                self.word();
                self.block_until("until")?;
                self.expression(0).map(drop)
            }
            "function" => {
                self.word();
                self.name()?;
                while matches!(self.peek(), "." | ":") {
                    self.word();
                    self.name()?;
                }
                self.function()
            }
            "local" => self.local(),
            "::" => {
                self.word();
                self.name()?;
                self.expect("::")
            }
            "break" => {
                self.word();
                Ok(())
            }
            "goto" => {
                self.word();
                self.name()
            }
            _ => self.call_or_assignment(),
        }
    }

    fn choice(&mut self) -> Result<(), Wrong> {
        while matches!(self.peek(), "if" | "elseif") {
            self.word();
            self.expression(0)?;
            self.expect("then")?;
            self.block()?;
        }
        if self.peek() == "else" {
            self.word();
            self.block()?;
        }
        self.expect("end")
    }

    fn counted_or_each(&mut self) -> Result<(), Wrong> {
        self.word();
        self.name()?;
        while self.take(",") {
            self.name()?;
        }
        if !matches!(self.peek(), "=" | "in") {
            return Err(self.wrong());
        }
        self.word();
        self.list()?;
        self.expect("do")?;
        self.block_until("end")
    }

    fn local(&mut self) -> Result<(), Wrong> {
        self.word();
        if self.peek() == "function" {
            self.word();
            self.name()?;
            return self.function();
        }
        loop {
            self.name()?;
            if self.peek() == "<" {
                self.word();
                self.name()?;
                self.expect(">")?;
            }
            if !self.take(",") {
                break;
            }
        }
        if self.peek() == "=" {
            self.word();
            self.list()?;
        }
        Ok(())
    }

    fn call_or_assignment(&mut self) -> Result<(), Wrong> {
        self.mark("statement");
        let form = self.suffixed()?;
        match (form, self.peek()) {
            (Form::Place, "=" | ",") => {
                while self.take(",") {
                    if self.suffixed()? != Form::Place {
                        return Err(self.wrong());
                    }
                }
                self.expect("=")?;
                self.mark("=");
                self.list()
            }
            (Form::Call, _) => Ok(()),
            _ => Err(self.wrong()),
        }
    }

    fn function(&mut self) -> Result<(), Wrong> {
        self.expect("(")?;
        while self.peek() != ")" {
            if self.peek() == "..." {
                self.word();
                break;
            }
            self.name()?;
            if !self.take(",") {
                break;
            }
        }
        self.expect(")")?;
        self.mark("body");
        self.block_until("end")
    }
}

fn is_keyword(word: &str) -> bool {
    const KEYWORDS: [&str; 22] = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
        "not", "or", "repeat", "return", "then", "true", "until", "while",
    ];
    KEYWORDS.contains(&word)
}
