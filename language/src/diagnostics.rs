//! What is wrong in a file, as Monaco's markers.

use std::collections::HashSet;

use emmylua_parser::{LuaParseError, LuaParseErrorKind, LuaParser, ParserConfig};
use lsp_types::{Diagnostic, DiagnosticSeverity, NumberOrString};
use serde_json::{Value, json};

use crate::{shapes::range_of, text::Text};

/// The most that are shown.
const MOST: usize = 500;
/// The tables of the library, in which a name that is not there is a mistake.
const LIBRARY: [&str; 9] = ["coroutine", "debug", "io", "math", "os", "package", "string", "table", "utf8"];

/// What the analysis says of a text.
pub fn markers(mut found: Vec<Diagnostic>, text: &Text) -> Value {
    // What follows the first syntax error of a line is mostly said because of it.
    let mut lines = HashSet::new();
    found.retain(|one| !is_wide_escape(one) && (code(one) != "syntax-error" || lines.insert(one.range.start.line)));
    found.iter().filter(|one| !is_doubtful(one, text)).take(MOST).map(|one| marker(one, text)).collect()
}

fn code(diagnostic: &Diagnostic) -> &str {
    match &diagnostic.code {
        Some(NumberOrString::String(code)) => code,
        _ => "",
    }
}

/// Whether it says that a field is not there, of a table that a program may have changed in ways that are not seen.
fn is_doubtful(diagnostic: &Diagnostic, text: &Text) -> bool {
    let start = diagnostic.range.start;
    let before: String = text.line(start.line).chars().take(start.character as usize).collect();
    let is_in_library = || {
        let table = before.trim_end_matches('.');
        LIBRARY.iter().any(|name| {
            table
                .strip_suffix(name)
                .is_some_and(|rest| !rest.ends_with(|last: char| last.is_alphanumeric() || "_.:".contains(last)))
        })
    };
    code(diagnostic) == "undefined-field" && !is_in_library()
}

/// Whether it refuses an escape of a number that is no character, which Lua takes up to 2^31.
fn is_wide_escape(diagnostic: &Diagnostic) -> bool {
    let number = diagnostic.message.split_once("\\u{").map(|(_, rest)| rest.trim_matches(['{', '}', '\'']));
    number.is_some_and(|number| u32::from_str_radix(number, 16).is_ok_and(|number| number < 1 << 31))
}

fn marker(diagnostic: &Diagnostic, text: &Text) -> Value {
    let place = |at: lsp_types::Position| (at.line, text.units(at.line, at.character));
    let mut marker = range_of(place(diagnostic.range.start), place(diagnostic.range.end));
    marker["message"] = json!(diagnostic.message);
    marker["code"] = json!(code(diagnostic));
    marker["tags"] = json!(diagnostic.tags);
    marker["severity"] = json!(severity(diagnostic.severity));
    marker
}

/// Monaco's number of a severity.
fn severity(severity: Option<DiagnosticSeverity>) -> u8 {
    match severity {
        Some(DiagnosticSeverity::ERROR) => 8,
        Some(DiagnosticSeverity::WARNING) => 4,
        Some(DiagnosticSeverity::INFORMATION) => 2,
        _ => 1,
    }
}

/// What the parser alone says of a text.
pub fn syntax_markers(text: &Text) -> Value {
    let tree = LuaParser::parse(text.as_str(), ParserConfig::default());
    let mut lines = HashSet::new();
    let mut is_first = |error: &LuaParseError| lines.insert(text.place(error.range.start().into()).0);
    let errors =
        tree.get_errors().iter().filter(|error| error.kind == LuaParseErrorKind::SyntaxError && is_first(error));
    let marker = |error: &LuaParseError| {
        let (start, end) = (error.range.start().into(), error.range.end().into());
        let mut marker = range_of(text.place(start), text.place(end));
        marker["message"] = json!(error.message);
        marker["code"] = json!("syntax-error");
        marker["severity"] = json!(8);
        marker
    };
    errors.take(MOST).map(marker).collect()
}
