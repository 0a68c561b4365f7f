//! What a program means, as far as a formatter can change it: its syntax without spaces, and without the parentheses,
//! quotes and separators that make no difference. It is read here by Lua's own grammar, apart from what formats.

use crate::{
    grammar::Reader,
    tokens::{self, Kind, Piece, Wrong, line_at},
};

/// A part of the meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// A step of the grammar.
    Mark(&'static str),
    /// A name, an operator or a keyword.
    Word(&'a str),
    /// A number or a string, in one way of writing it.
    Value(String),
}

/// What a program means, and its pieces.
pub struct Meaning<'a> {
    text: &'a str,
    /// The parts, and where in the text each was read.
    parts: Vec<(Part<'a>, usize)>,
    comments: Vec<&'a str>,
    /// The pieces of its text.
    pub pieces: Vec<Piece>,
}

impl Meaning<'_> {
    /// Whether another program means the same, and has all comments.
    pub fn is_kept_in(&self, other: &Meaning<'_>) -> bool {
        self.comments == other.comments
            && self.parts.iter().map(|(part, _)| part).eq(other.parts.iter().map(|(part, _)| part))
    }

    /// The line of this program where another begins to mean something else.
    pub fn first_difference(&self, other: &Meaning<'_>) -> Option<u32> {
        let mut pairs = self.parts.iter().zip(&other.parts);
        pairs.find(|((one, _), (other, _))| one != other).map(|((_, place), _)| line_at(self.text, *place))
    }
}

/// Reads a program.
pub fn read(text: &str) -> Result<Meaning<'_>, Wrong> {
    let pieces = tokens::pieces(text)?;
    let comments = pieces.iter().filter(|piece| piece.kind == Kind::Comment);
    let mut comments: Vec<_> = comments.map(|piece| text[piece.start..piece.end].trim_end()).collect();
    // Some may come in another order: those within an expression, for one.
    comments.sort_unstable();
    let tokens: Vec<_> = pieces.iter().filter(|piece| piece.kind != Kind::Comment).copied().collect();
    let parts = Reader::new(text, &tokens).program()?;
    Ok(Meaning { text, parts, comments, pieces })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_same(one: &str, other: &str) -> bool {
        let read = |text| read(text).unwrap_or_else(|wrong| panic!("{text}: {wrong}"));
        read(one).is_kept_in(&read(other))
    }

    #[test]
    fn what_makes_no_difference_is_none() {
        for (one, other) in [
            ("x=1;", "x = 1"),
            ("f'a' g{1;2}", "f(\"a\")\ng({ 1, 2, })"),
            ("if (x) then return ((y)) end;", "if x then return y end"),
            ("x = 'it\\'s' .. \"\\\"\"", "x = \"it's\" .. '\"'"),
            ("x = .5", "x = 0.5"),
            ("x = (a * b) + (-c) ^ (not d)", "x = a * b + (-c) ^ not d"),
            ("x = (f()) + 1", "x = f() + 1"),
            ("(f()).x = (\"a\"):rep(2)", "f().x = (\"a\"):rep(2)"),
        ] {
            assert!(is_same(one, other), "{one}");
        }
    }

    #[test]
    fn what_makes_a_difference_is_one() {
        for (one, other) in [
            ("return (f())", "return f()"),
            ("x = { (...) }", "x = { ... }"),
            ("f()\n;(g)()", "f()\n(g)()"),
            ("x = a - (b - c)", "x = a - b - c"),
            ("x = (-2) ^ 2", "x = -2 ^ 2"),
            ("x = '\\n'", "x = 'n'"),
            ("x = 1", "x = 1.0"),
            ("x = { ['y'] = 1 }", "x = { }"),
            ("local function f() end", "local f = function() end"),
            ("local x <const> = 1", "local x = 1"),
            ("x = 1 -- a", "x = 1"),
            ("x = [[a ]]", "x = [[a]]"),
            ("goto a ::a::", "goto b ::b::"),
        ] {
            assert!(!is_same(one, other), "{one}");
        }
    }

    #[test]
    fn what_is_no_program_is_refused_at_its_line() {
        let wrong = |text| read(text).err().map(|wrong| wrong.line);
        for text in [
            "\nx = = 1",
            "\nx y",
            "\nx = 'a",
            "\nif x then",
            "\nreturn 1 x = 2",
            "\nx = [[",
            "\nx = $",
            "\nf(1",
            "\n(x)",
        ] {
            assert_eq!(wrong(text), Some(2), "{text}");
        }
        assert_eq!(wrong(&["x = ", &"(".repeat(300), "1", &")".repeat(300)].concat()), Some(1));
    }
}
