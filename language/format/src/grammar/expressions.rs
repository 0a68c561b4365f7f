//! Expressions: operators, calls, tables.

use super::Reader;
use crate::{
    meaning::Part,
    tokens::{Kind, Wrong},
};

/// How tightly unary operators bind.
const UNARY: u8 = 12;

/// What an expression that begins with a name or a parenthesis is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A call.
    Call,
    /// A variable or a field.
    Place,
    /// One value of anything.
    Single,
}

impl Reader<'_, '_> {
    /// A list of expressions. Whether the last gives all its values is a part of what it means.
    pub(super) fn list(&mut self) -> Result<(), Wrong> {
        let mut is_open = self.expression(0)?;
        while self.take(",") {
            is_open = self.expression(0)?;
        }
        self.mark(if is_open { "and more" } else { "end of list" });
        Ok(())
    }

    /// An expression of operators that bind tighter than this. Returns whether it can give several values.
    pub(super) fn expression(&mut self, limit: u8) -> Result<bool, Wrong> {
        self.deeper(|reader| {
            let first = reader.peek();
            let mut is_open = if matches!(first, "not" | "-" | "#" | "~") {
                reader.at += 1;
                reader.expression(UNARY)?;
                reader.mark("unary");
                reader.add(Part::Word(first));
                false
            } else {
                reader.simple()?
            };
            while let Some((_, right)) = binding(reader.peek()).filter(|(left, _)| *left > limit) {
                let operator = reader.peek();
                reader.at += 1;
                reader.expression(right)?;
                reader.add(Part::Word(operator));
                is_open = false;
            }
            Ok(is_open)
        })
    }

    fn simple(&mut self) -> Result<bool, Wrong> {
        match (self.kind(), self.peek()) {
            (Some(Kind::Number | Kind::Text), _) => self.value(),
            (_, word @ ("nil" | "true" | "false" | "...")) => {
                self.word();
                return Ok(word == "...");
            }
            (_, "{") => self.table()?,
            (_, "function") => {
                self.word();
                self.function()?;
            }
            _ => return Ok(self.suffixed()? == Form::Call),
        }
        Ok(false)
    }

    /// A number or a string, in one way of writing it.
    fn value(&mut self) {
        let written = self.peek();
        self.at += 1;
        self.add(Part::Value(match written.as_bytes()[0] {
            b'.' => ["0", written].concat(),
            b'"' | b'\'' => unquoted(written),
            _ => written.to_owned(),
        }));
    }

    pub(super) fn suffixed(&mut self) -> Result<Form, Wrong> {
        let mut form = if self.take("(") {
            self.expression(0)?;
            self.expect(")")?;
            Form::Single
        } else {
            self.name()?;
            Form::Place
        };
        loop {
            form = match (self.kind(), self.peek()) {
                (_, ".") => {
                    self.word();
                    self.name()?;
                    Form::Place
                }
                (_, "[") => {
                    self.at += 1;
                    self.expression(0)?;
                    self.expect("]")?;
                    self.mark("index");
                    Form::Place
                }
                (_, ":") => {
                    self.word();
                    self.name()?;
                    self.arguments()?
                }
                (Some(Kind::Text), _) | (_, "(" | "{") => self.arguments()?,
                _ => return Ok(form),
            };
        }
    }

    fn arguments(&mut self) -> Result<Form, Wrong> {
        self.mark("arguments");
        if self.kind() == Some(Kind::Text) {
            self.value();
            self.mark("end of list");
        } else if self.peek() == "{" {
            self.table()?;
            self.mark("end of list");
        } else {
            self.expect("(")?;
            if self.peek() != ")" {
                self.list()?;
            }
            self.expect(")")?;
        }
        self.mark("call");
        Ok(Form::Call)
    }

    fn table(&mut self) -> Result<(), Wrong> {
        self.at += 1;
        self.mark("table");
        let mut is_open = false;
        while self.peek() != "}" {
            is_open = self.field()?;
            if !self.take(",") && !self.take(";") {
                break;
            }
        }
        self.mark(if is_open { "and more" } else { "end of list" });
        self.expect("}")
    }

    /// Returns whether it can give several values.
    fn field(&mut self) -> Result<bool, Wrong> {
        let after = self.tokens.get(self.at + 1).map(|piece| &self.text[piece.start..piece.end]);
        if self.take("[") {
            self.expression(0)?;
            self.expect("]")?;
            self.mark("index");
        } else if self.kind() == Some(Kind::Word) && after == Some("=") {
            self.name()?;
        } else {
            self.mark("item");
            return self.expression(0);
        }
        self.expect("=")?;
        self.mark("=");
        self.expression(0)?;
        Ok(false)
    }
}

/// How tightly an operator binds what is on its left and on its right.
fn binding(operator: &str) -> Option<(u8, u8)> {
    Some(match operator {
        "or" => (1, 1),
        "and" => (2, 2),
        "<" | ">" | "<=" | ">=" | "~=" | "==" => (3, 3),
        "|" => (4, 4),
        "~" => (5, 5),
        "&" => (6, 6),
        "<<" | ">>" => (7, 7),
        ".." => (9, 8),
        "+" | "-" => (10, 10),
        "*" | "/" | "//" | "%" => (11, 11),
        "^" => (14, 13),
        _ => return None,
    })
}

/// What is between the quotes of a string, without the backslashes before quotes.
fn unquoted(written: &str) -> String {
    let mut text = String::from("\"");
    let mut inner = written[1..written.len() - 1].chars();
    while let Some(character) = inner.next() {
        let escaped = if character == '\\' { inner.next() } else { None };
        if !matches!(escaped, Some('"' | '\'')) {
            text.push(character);
        }
        text.extend(escaped);
    }
    text
}
