//! Formats the shown file.

use leptos::prelude::*;

use super::Session;
use crate::{assets::Asset, format_style::FormatStyle, state::StateEvent, workspace::is_lua};

/// Formats the shown file, or what is selected in it. Where that is not done, says why.
pub async fn format(session: Session, is_selection: bool) {
    let problem = match (session.program.monaco(), Asset::Format.url(), serde_json::to_string(&FormatStyle::load())) {
        (Some(editor), Some(url), Ok(style)) => editor.format(&url, &style, is_selection).await.as_string(),
        _ => Some("Nothing was formatted: the editor has not been loaded.".to_owned()),
    };
    if let Some(problem) = problem.filter(|problem| !problem.is_empty()) {
        session.state.apply(StateEvent::Refused(problem));
    }
}

/// Formats the shown file, if it is Lua and is to be formatted before it is saved.
pub async fn format_before_saving(session: Session) {
    let is_lua = session.documents.files().with_untracked(|files| files.shown_path().is_some_and(is_lua));
    if is_lua && FormatStyle::load().before_saving {
        format(session, false).await;
    }
}
