//! The pane with what is wrong in all files.

use leptos::{html, prelude::*};
use wire::SourcePath;

use super::{
    focus_child,
    icon::{Icon, icon},
    move_in_list,
    pane::{PaneFrame, on_focus_request},
};
use crate::{
    help::HelpState,
    problems::{Problem, Problems, Severity},
    session::{Pane, Session},
    workspace::DocumentId,
};

/// The pane with what is wrong in all files.
#[component]
pub fn ProblemsPane() -> impl IntoView {
    let session = Session::expect();
    let list = NodeRef::<html::Ul>::new();
    on_focus_request(session, Pane::Problems, move || {
        focus_child(list.get_untracked().and_then(|list| list.children().item(0)), 0);
    });
    let rows = Memo::new(move |_| rows_of(session, &session.program.problems.read()));
    let draw = move |(at, row): (usize, Row)| problem_row(session, row, at == 0);
    view! {
        <PaneFrame pane=Pane::Problems>
            <ul node_ref=list class="problems-list" aria-label="Problems" on:keydown=move |event| move_in_list(&event, list)>
                {move || rows.get().into_iter().enumerate().map(draw).collect_view()}
            </ul>
            <Show when=move || rows.with(Vec::is_empty)>
                <p class="empty">{move || emptiness(session.program.help.get())}</p>
            </Show>
        </PaneFrame>
    }
}

/// A problem with its file.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    id: DocumentId,
    path: SourcePath,
    problem: Problem,
}

/// All problems, file by file in the order of the file list, and first what ended the last run.
fn rows_of(session: Session, problems: &Problems) -> Vec<Row> {
    let files = session.documents.files().read();
    let mut by_file = problems.read();
    by_file.sort_by_key(|(id, _)| files.all.iter().position(|file| file.id == *id));
    let last_run = session.state.error_mark().get().and_then(|mark| {
        let file = files.all.iter().find(|file| file.path == mark.location.path)?;
        let problem = Problem {
            start_line_number: mark.location.line,
            start_column: 1,
            message: mark.message,
            code: "last run".to_owned(),
            severity: Severity::Error,
        };
        Some(Row { id: file.id, path: file.path.clone(), problem })
    });
    let found = by_file.into_iter().flat_map(|(id, problems)| {
        let path = files.entry(id).map(|file| file.path.clone());
        problems.into_iter().filter_map(move |problem| Some(Row { id, path: path.clone()?, problem }))
    });
    last_run.into_iter().chain(found).collect()
}

/// A problem, which leads to its place.
fn problem_row(session: Session, row: Row, is_tab_stop: bool) -> AnyView {
    let Row { id, path, problem } = row;
    let (line, column) = (problem.start_line_number, problem.start_column);
    let place = [path.as_str(), ":", &line.to_string()].concat();
    let (class, mark) = match problem.severity {
        Severity::Error => ("problem is-error", Icon::CircleSlash),
        Severity::Warning => ("problem is-warning", Icon::Alert),
        Severity::Hint => ("problem", Icon::LightBulb),
    };
    let code = (!problem.code.is_empty()).then(|| view! { <span class="problem-code">{problem.code}</span> });
    view! {
        <li>
            <button
                type="button"
                class=class
                tabindex=if is_tab_stop { "0" } else { "-1" }
                on:click=move |_| session.reveal_in(id, line, column..column)
            >
                {icon(mark)}
                <span class="visually-hidden">{problem.severity.name()} ": "</span>
                <span class="problem-message">{problem.message}</span>
                {code}
                <span class="problem-place">{place}</span>
            </button>
        </li>
    }
    .into_any()
}

/// What the pane says when there is nothing to list.
fn emptiness(help: HelpState) -> &'static str {
    match help {
        HelpState::Gone => {
            "Files are not checked: there is no help with Lua in this editor. What ends a run is still listed here."
        }
        HelpState::Waiting | HelpState::Starting => "Files are checked as soon as the help with Lua is there.",
        HelpState::Ready | HelpState::Partial => "No problems in any file.",
    }
}
