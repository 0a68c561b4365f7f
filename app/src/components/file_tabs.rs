//! The open files as a row of tabs, as the WAI-ARIA practices describe it. The tabs can be moved by dragging and by keys.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, HtmlElement};

use super::{
    child_at,
    command_button::CommandButton,
    tab_list::{next_tab, panel_id},
};
use crate::{
    commands::{CommandId, FileCommand},
    documents::Files,
    formats,
    session::{Pane, Session},
    workspace::DocumentId,
};

/// The open files, and a button for a new one.
#[component]
pub fn FileTabs() -> impl IntoView {
    let session = Session::expect();
    let (files, unsaved) = (session.documents.files(), session.documents.unsaved());
    let list = NodeRef::<html::Div>::new();
    let dragged = StoredValue::new(None::<DocumentId>);
    Effect::new(move || {
        files.track();
        // Once the tab is there.
        request_animation_frame(move || scroll_to_shown(list));
    });
    let file_at = move |event: &web_sys::Event| files.read_untracked().open.get(child_at(event)?).copied();
    let on_drag_start = move |event: DragEvent| {
        dragged.set_value(file_at(&event));
        // One browser drags only what has data.
        event.data_transfer().into_iter().for_each(|held| drop(held.set_data("text/plain", " ")));
    };
    let on_drop = move |event: DragEvent| {
        event.prevent_default();
        if let (Some(moved), Some(target)) = (dragged.get_value(), file_at(&event)) {
            session.move_tab_to(moved, target);
        }
    };
    view! {
        <div
            node_ref=list
            class="file-tabs"
            role="tablist"
            aria-label="Open files"
            on:keydown=move |event| on_key(&event, session, list)
            on:click=move |event| file_at(&event).into_iter().for_each(|id| on_click(&event, session, id))
            on:auxclick=move |event| file_at(&event).filter(|_| event.button() == 1).into_iter().for_each(|id| session.close_file(id))
            on:dragstart=on_drag_start
            on:dragover=move |event| if dragged.get_value().is_some() { event.prevent_default() }
            on:dragend=move |_| dragged.set_value(None)
            on:drop=on_drop
        >
            {move || files.with(|files| files.open.iter().map(|id| tab(files, unsaved, *id)).collect_view())}
        </div>
        <CommandButton id=CommandId::File(FileCommand::New) class="button is-small file-tabs-new" label="New file"/>
    }
}

/// A tab, with a button that closes it, for pointers: keys close it by Delete. Until the text is stored, it is a dot.
fn tab(files: &Files, unsaved: ReadSignal<Vec<DocumentId>>, id: DocumentId) -> AnyView {
    let is_shown = files.shown == Some(id);
    let Some(entry) = files.entry(id) else { return ().into_any() };
    let path = entry.path.to_string();
    view! {
        <div class=if is_shown { "file-tab is-shown" } else { "file-tab" } role="presentation" draggable="true">
            <button
                type="button"
                class="file-tab-name"
                role="tab"
                title=path.clone()
                aria-controls=panel_id(Pane::Editor)
                aria-selected=is_shown.to_string()
                tabindex=if is_shown { "0" } else { "-1" }
            >
                {label(&path, files)} {main_mark(files, id)}
            </button>
            <button
                type="button"
                class="file-tab-close"
                class:is-unsaved=move || unsaved.read().contains(&id)
                tabindex="-1"
                aria-hidden="true"
                title="Close"
                disabled={files.open.len() < 2}
            ></button>
        </div>
    }
    .into_any()
}

/// What says that a file is the main one.
pub fn main_mark(files: &Files, id: DocumentId) -> AnyView {
    if files.main != Some(id) {
        return ().into_any();
    }
    view! { <span class="tag is-now" title="Run runs this file">"main"</span> }.into_any()
}

/// The name of a file; with its folder where another open file has the same name.
fn label(path: &str, files: &Files) -> String {
    let name = |path: &str| path.rsplit('/').next().map(formats::lowercase);
    let open = files.open.iter().filter_map(|id| files.entry(*id));
    let is_clear = open.filter(|other| name(other.path.as_str()) == name(path)).count() < 2;
    let start = if is_clear { path.rfind('/').map_or(0, |at| at + 1) } else { 0 };
    path[start..].to_owned()
}

fn on_click(event: &ev::MouseEvent, session: Session, id: DocumentId) {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if target.is_some_and(|target| target.class_list().contains("file-tab-close")) {
        return session.close_file(id);
    }
    session.show_file(id);
    // Whoever comes with a pointer goes on to the text.
    if event.detail() > 0 {
        session.focus(Pane::Editor);
    }
}

fn on_key(event: &ev::KeyboardEvent, session: Session, list: NodeRef<html::Div>) {
    let files = session.documents.files().get_untracked();
    let at = files.open.iter().position(|id| Some(*id) == files.shown).unwrap_or(0);
    let key = event.key();
    match (key.as_str(), event.alt_key() && event.shift_key()) {
        ("ArrowLeft", true) => session.move_shown_tab(-1),
        ("ArrowRight", true) => session.move_shown_tab(1),
        ("Delete", false) => session.close_file(files.open[at]),
        (key, false) => match next_tab(key, at, files.open.len()) {
            Some(next) => session.show_file(files.open[next]),
            None => return,
        },
        _ => return,
    }
    event.prevent_default();
    request_animation_frame(move || {
        if let Some(tab) = shown_tab(list) {
            tab.focus().ok();
        }
    });
}

fn shown_tab(list: NodeRef<html::Div>) -> Option<HtmlElement> {
    let found = list.try_get_untracked()??.query_selector("[aria-selected=true]").ok()??;
    found.dyn_into().ok()
}

fn scroll_to_shown(list: NodeRef<html::Div>) {
    let tab = shown_tab(list).and_then(|tab| tab.parent_element());
    if let (Some(tab), Some(list)) = (tab, list.try_get_untracked().flatten()) {
        let (inner, outer) = (tab.get_bounding_client_rect(), list.get_bounding_client_rect());
        let hidden_right = (inner.right() - outer.right()).max(0.0);
        // Its start, where both ends do not fit.
        let hidden_left = (inner.left() - hidden_right - outer.left()).min(0.0);
        // Unlike `scrollIntoView`, this leaves alone where Tab goes next.
        list.set_scroll_left(list.scroll_left() + (hidden_right + hidden_left) as i32);
    }
}

#[cfg(test)]
mod tests {
    use wire::SourcePath;

    use super::*;
    use crate::documents::FileEntry;

    #[test]
    fn a_tab_has_the_name_of_its_file_and_its_folder_where_two_have_one_name() {
        let paths = ["lib/init.lua", "app/Init.lua", "lib/json.lua", "main.lua"];
        let entry = |(at, path): (usize, &&str)| FileEntry {
            id: DocumentId(at as u32),
            path: SourcePath::parse(path).expect(path),
        };
        let all: Vec<_> = paths.iter().enumerate().map(entry).collect();
        let files = Files { open: all.iter().map(|file| file.id).collect(), all, ..Files::default() };
        let labels: Vec<_> = paths.iter().map(|path| label(path, &files)).collect();
        assert_eq!(labels, ["lib/init.lua", "app/Init.lua", "json.lua", "main.lua"]);
    }
}
