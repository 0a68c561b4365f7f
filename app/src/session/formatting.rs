//! Formats the shown file.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::Session;
use crate::{
    assets::Asset, components::plain_aids::replace_text, format_style::FormatStyle, state::StateEvent,
    workspace::is_lua,
};

#[wasm_bindgen]
extern "C" {
    /// The typed handle of `app/js/format.js`.
    type Formatter;

    #[wasm_bindgen(method, catch)]
    async fn format(this: &Formatter, url: &str, question: &str) -> Result<JsValue, JsValue>;
}

/// What is asked of the worker that formats.
#[derive(Serialize)]
struct Question<'a> {
    text: &'a str,
    /// The first and the last line of what is to be formatted, counted from 1; `None` for all of it.
    lines: Option<(u32, u32)>,
    style: FormatStyle,
}

/// What it answers: edits in the order of the text, or why there are none.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Edits(Vec<Edit>),
    Refusal(String),
}

/// Where a text is replaced, from one line and column to another, both counted from 1, and by what. Columns are counted
/// in UTF-16.
type Edit = ((u32, u32), (u32, u32), String);

/// Formats the shown file, or what is selected in it. Where that is not done, says why.
pub async fn format(session: Session, is_selection: bool) {
    if let Err(problem) = try_format(session, is_selection).await {
        session.state.apply(StateEvent::Refused(problem));
    }
}

async fn try_format(session: Session, is_selection: bool) -> Result<(), String> {
    let program = session.program;
    let lines = program.selected_lines().filter(|_| is_selection);
    if is_selection && lines.is_none() {
        return Err("Nothing was formatted: no text is selected in the editor.".to_owned());
    }
    let shown = || (session.documents.shown().get_untracked(), program.text());
    let before = shown();
    let text = before.1.replace("\r\n", "\n");
    let question = Question { text: &text, lines, style: FormatStyle::load() };
    let edits = match ask(&question).await {
        Some(Answer::Edits(edits)) => edits,
        Some(Answer::Refusal(reason)) => return Err(reason),
        None => return Err("Nothing was formatted: the formatter could not be loaded.".to_owned()),
    };
    if shown() != before {
        return Err("Nothing was formatted: the text has changed meanwhile.".to_owned());
    }
    match (program.monaco(), program.plain.get_untracked()) {
        (Some(editor), _) => {
            serde_json::to_string(&edits).into_iter().for_each(|edits| editor.apply_edits(&edits));
        }
        (None, Some(area)) if !edits.is_empty() => {
            let cursor = area.selection_start().ok().flatten().unwrap_or(0);
            if let Some((text, cursor)) = apply(&text, &edits, cursor as usize) {
                replace_text(&area, &text, cursor as u32);
            }
        }
        _ => {}
    }
    Ok(())
}

async fn ask(question: &Question<'_>) -> Option<Answer> {
    let formatter: Formatter = Asset::Formatter.module().await?;
    let question = serde_json::to_string(question).ok()?;
    let answer = formatter.format(&Asset::Format.url()?, &question).await.ok()?;
    serde_json::from_str(&answer.as_string()?).ok()
}

/// A text after edits, and where a cursor is in it then, in UTF-16. `None` where the edits do not fit the text.
fn apply(text: &str, edits: &[Edit], cursor: usize) -> Option<(String, usize)> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let after_breaks = units.iter().enumerate().filter(|(_, unit)| **unit == u16::from(b'\n')).map(|(at, _)| at + 1);
    let line_starts: Vec<usize> = std::iter::once(0).chain(after_breaks).collect();
    let offset = |(line, column): (u32, u32)| {
        let start = line_starts.get(line.checked_sub(1)? as usize)?;
        Some(start + column.checked_sub(1)? as usize)
    };
    let (mut result, mut done, mut moved) = (Vec::with_capacity(units.len()), 0, None);
    for (start, end, new) in edits {
        let (start, end) = (offset(*start)?, offset(*end)?);
        let kept = units.get(done..start)?;
        if cursor < end {
            // Within what is replaced, it goes to its beginning.
            moved.get_or_insert(result.len() + cursor.min(start).saturating_sub(done));
        }
        result.extend_from_slice(kept);
        result.extend(new.encode_utf16());
        done = end.max(start);
    }
    let moved = moved.unwrap_or(result.len() + cursor.saturating_sub(done));
    result.extend_from_slice(units.get(done..)?);
    Some((String::from_utf16(&result).ok()?, moved.min(result.len())))
}

/// Formats the shown file, if it is Lua and is to be formatted before it is saved.
pub async fn format_before_saving(session: Session) {
    let is_lua = session.documents.files().with_untracked(|files| files.shown_path().is_some_and(is_lua));
    if is_lua && FormatStyle::load().before_saving {
        format(session, false).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_change_a_text_and_the_cursor_stays_at_what_it_was_at() {
        let text = "x=1\nprint( '😀',x )\n";
        let edits: Vec<Edit> = vec![
            ((1, 2), (1, 3), " = ".to_owned()),
            ((2, 7), (2, 8), String::new()),
            ((2, 13), (2, 13), " ".to_owned()),
            ((2, 14), (2, 15), String::new()),
        ];
        let formatted = "x = 1\nprint('😀', x)\n";
        // At the start, at `1`, at `print`, at `x` and at the end.
        for (cursor, moved) in [(0, 0), (2, 4), (4, 6), (16, 18), (19, 20)] {
            assert_eq!(apply(text, &edits, cursor), Some((formatted.to_owned(), moved)), "{cursor}");
        }
        assert_eq!(apply("", &[((1, 1), (1, 1), "é".to_owned())], 0), Some(("é".to_owned(), 1)));
    }

    #[test]
    fn edits_that_do_not_fit_change_nothing() {
        for odd in [(0, 1), (1, 0), (3, 1), (1, 99)] {
            assert_eq!(apply("a\nb", &[(odd, odd, "x".to_owned())], 0), None, "{odd:?}");
        }
        let crossing = [((1, 3), (1, 3), "x".to_owned()), ((1, 1), (1, 2), "y".to_owned())];
        assert_eq!(apply("abcd", &crossing, 0), None);
    }
}
