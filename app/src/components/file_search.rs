//! The field that searches all files, and the lines that it found, as the WAI-ARIA practices describe a combobox.

use leptos::{ev, html, prelude::*};

use super::{
    icon::{Icon, icon},
    marked,
    palette::moved,
    scroll_into_view,
};
use crate::{
    documents::FileEntry,
    file_list::order,
    file_search::{FileSearch, Found, FoundFile, FoundLine, Needle},
    session::Session,
};

/// The field, with a button that says whether case counts.
#[component]
pub fn FileSearchField(
    /// The field itself.
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let session = Session::expect();
    let search = session.file_search;
    search_when_needed(session);
    Effect::new(move || {
        if search.is_wanted.get() {
            search.is_wanted.set(false);
            request_animation_frame(move || focus(node_ref));
        }
    });
    let is_listing = move || !search.text.read().is_empty();
    let toggle_case = move |_| search.is_case_sensitive.update(|is_on| *is_on = !*is_on);
    view! {
        <div class="file-search">
            <span class="filter-field">
                {icon(Icon::Search)}
                <input
                    node_ref=node_ref
                    class="field is-small"
                    type="search"
                    role="combobox"
                    placeholder="Search all files"
                    aria-label="Search all files"
                    aria-expanded=move || is_listing().to_string()
                    aria-controls="file-hits"
                    aria-activedescendant=move || is_listing().then(|| hit_id(search.chosen.get()))
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=search.text
                    on:input=move |event| search.text.set(event_target_value(&event))
                    on:keydown=move |event| on_key(&event, session)
                />
            </span>
            <button
                type="button"
                class="button is-small is-icon"
                aria-label="Match case"
                title="Match case"
                aria-pressed=move || search.is_case_sensitive.get().to_string()
                on:click=toggle_case
            >
                "Aa"
            </button>
        </div>
    }
}

/// Searches anew when something else is searched for, or the files are others: once for each picture on the screen.
fn search_when_needed(session: Session) {
    let search = session.file_search;
    let is_due = StoredValue::new(false);
    Effect::new(move || {
        search.text.track();
        search.is_case_sensitive.track();
        session.documents.files().track();
        session.documents.unsaved().track();
        if !is_due.get_value() {
            is_due.set_value(true);
            request_animation_frame(move || {
                is_due.try_set_value(false);
                search_now(session);
            });
        }
    });
}

fn search_now(session: Session) {
    let search = session.file_search;
    let needle = search.text.with_untracked(|text| Needle::new(text, search.is_case_sensitive.get_untracked()));
    let mut files = session.documents.files().with_untracked(|files| files.all.clone());
    files.sort_by_cached_key(|file| order(file.path.as_str()));
    session.documents.hear_views();
    let found = session.documents.with(|workspace| {
        let text = |file: &'_ FileEntry| Some((file.clone(), workspace.document(file.id)?.text()));
        Found::search(files.iter().filter_map(text), &needle)
    });
    let found = found.unwrap_or_default();
    if search.found.with_untracked(|old| *old != found) {
        search.chosen.set(0);
        search.found.set(found);
    }
}

fn on_key(event: &ev::KeyboardEvent, session: Session) {
    let search = session.file_search;
    if event.is_composing() || search.text.read_untracked().is_empty() {
        return;
    }
    let key = event.key();
    match key.as_str() {
        "Enter" => open(session, search.chosen.get_untracked()),
        "Escape" => search.text.set(String::new()),
        _ => {
            let count = search.found.with_untracked(Found::count);
            let Some(index) = moved(&key, search.chosen.get_untracked(), count) else { return };
            search.chosen.set(index);
            scroll_into_view(&hit_id(index));
        }
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Gives the focus to the field, and selects its text.
pub fn focus(field: NodeRef<html::Input>) {
    if let Some(field) = field.try_get_untracked().flatten() {
        field.focus().ok();
        field.select();
    }
}

/// Shows a line that was found in the editor, and selects its first hit.
fn open(session: Session, index: usize) {
    let search = session.file_search;
    search.chosen.set(index);
    let hit = search.found.with_untracked(|found| {
        found.line(index).map(|(file, line)| (file.path.clone(), line.number, line.columns.clone()))
    });
    if let Some((path, line, columns)) = hit {
        session.reveal_columns(&path, line, columns);
    }
}

/// What was found: it stands in the place of the list of files.
#[component]
pub fn FileHits() -> impl IntoView {
    let session = Session::expect();
    let search = session.file_search;
    let files = move || {
        let mut start = 0;
        let draw = |found: FoundFile| {
            let first = start;
            start += found.lines.len();
            file_hits(session, found, first)
        };
        search.found.get().files.into_iter().map(draw).collect_view()
    };
    view! {
        <div class="hits">
            <div class="hits-list" id="file-hits" role="listbox" aria-label="Found in files">{files}</div>
            <p class="hits-note" role="status">{move || search.found.read().note()}</p>
        </div>
    }
}

fn file_hits(session: Session, found: FoundFile, first: usize) -> AnyView {
    let path = found.file.path.to_string();
    let name = path.clone();
    let lines = found.lines.into_iter().enumerate().map(|(at, line)| hit(session, first + at, line)).collect_view();
    view! {
        <div role="group" aria-label=name>
            <div class="file-hits-path" role="presentation">{icon(Icon::File)} {path}</div>
            {lines}
        </div>
    }
    .into_any()
}

fn hit(session: Session, index: usize, line: FoundLine) -> AnyView {
    let search: FileSearch = session.file_search;
    view! {
        <div
            id=hit_id(index)
            class="hit"
            role="option"
            aria-selected=move || (search.chosen.get() == index).to_string()
            // The focus goes to the editor.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| open(session, index)
        >
            <span class="file-hit-line">{line.number}</span>
            <span class="file-hit-text">{marked(line.parts)}</span>
        </div>
    }
    .into_any()
}

fn hit_id(index: usize) -> String {
    format!("file-hit-{index}")
}
