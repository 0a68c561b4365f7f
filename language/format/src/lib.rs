//! Formats programs with StyLua. A program whose meaning would change is left as it is: `meaning` reads the program
//! before and after, on its own.

mod edits;
mod grammar;
mod meaning;
mod tokens;

use serde::{Deserialize, Serialize};
use stylua_lib::{Config, IndentType, LuaVersion, OutputVerification, QuoteStyle, Range, format_code};

pub use edits::Edit;

/// The longest program that is formatted.
const MAX_BYTES: usize = 200_000;

/// How programs are to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Style {
    /// How many spaces a block is indented by; 0 is for tabs.
    pub indentation: usize,
    /// Whether strings have single quotes where they can have either.
    pub is_single_quoted: bool,
    /// How long a line should be at most.
    pub columns: usize,
}

/// A program to be formatted.
#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    /// The request, by its number.
    pub id: u32,
    /// The program, with `\n` between its lines.
    pub text: String,
    /// The first and the last line of what is to be formatted, counted from 1; all of it where there are none.
    pub lines: Option<(usize, usize)>,
    /// How it is to look.
    pub style: Style,
}

/// What became of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// What is to be replaced, in the order of the text; nothing if it looks as it should.
    Edits(Vec<Edit>),
    /// Why it stays as it is.
    Refusal(String),
}

/// Formats a program.
pub fn format(request: &Request) -> Answer {
    match formatted(request) {
        Ok(edits) => Answer::Edits(edits),
        Err(reason) => Answer::Refusal(["Nothing was formatted: ", &reason].concat()),
    }
}

fn formatted(Request { text, lines, style, .. }: &Request) -> Result<Vec<Edit>, String> {
    if text.len() > MAX_BYTES {
        return Err("the file is longer than 200 kB.".to_owned());
    }
    let before = meaning::read(text).map_err(|wrong| wrong.to_string())?;
    let range = lines.map(|(first, last)| range_of(text, first, last));
    let result = format_code(text, config(*style), range, OutputVerification::None).map_err(reason)?;
    let after = meaning::read(&result).map_err(|_| changed(None))?;
    if !before.is_kept_in(&after) {
        return Err(changed(before.first_difference(&after)));
    }
    Ok(edits::between((text, &before.pieces), (&result, &after.pieces)))
}

/// Without StyLua's own comparison of before and after: that ignores all parentheses, and traps at some numerals.
fn config(style: Style) -> Config {
    let mut config = Config::new();
    config.syntax = LuaVersion::Lua54;
    config.column_width = style.columns;
    let (kind, width) =
        if style.indentation == 0 { (IndentType::Tabs, 4) } else { (IndentType::Spaces, style.indentation) };
    config.indent_type = kind;
    config.indent_width = width;
    let (single, double) = (QuoteStyle::AutoPreferSingle, QuoteStyle::AutoPreferDouble);
    config.quote_style = if style.is_single_quoted { single } else { double };
    config
}

/// These lines in bytes, without the spaces at their ends: what is not in it as a whole is left as it is.
fn range_of(text: &str, first: usize, last: usize) -> Range {
    let starts = || std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let start = starts().nth(first.saturating_sub(1)).unwrap_or(text.len());
    let end = starts().nth(last).unwrap_or(text.len());
    let part = text.get(start..end).unwrap_or_default();
    let blank = part.len() - part.trim_start().len();
    Range::from_values(Some(start + blank), Some(start + part.trim_end().len()))
}

fn reason(error: stylua_lib::Error) -> String {
    match error {
        stylua_lib::Error::ParseError(errors) if !errors.is_empty() => {
            ["the formatter cannot read line ", &errors[0].range().0.line().to_string(), "."].concat()
        }
        _ => "the formatter cannot read the program.".to_owned(),
    }
}

fn changed(line: Option<u32>) -> String {
    const WOULD: &str = "the formatter would change what the program does";
    match line {
        Some(line) => [WOULD, " near line ", &line.to_string(), "."].concat(),
        None => [WOULD, "."].concat(),
    }
}
