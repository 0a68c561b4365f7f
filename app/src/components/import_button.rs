//! Bringing a file to the page: by a button, or by dropping it anywhere.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::DragEvent;

use super::{
    icon::{Icon, icon},
    listen_first,
};
use crate::{
    disk,
    files::FileKind,
    formats::lowercase,
    session::{Pane, Session, pane_of},
};

/// Asks for a file and imports it.
#[component]
pub fn ImportButton() -> impl IntoView {
    let session = Session::expect();
    let input = NodeRef::<html::Input>::new();
    let on_click = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let on_change = move |_: ev::Event| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            session.import(file);
        }
        // So that the same file can be chosen again.
        input.set_value("");
    };
    view! {
        <input
            node_ref=input
            type="file"
            class="import-file"
            accept=".cusnap,.json"
            tabindex="-1"
            aria-label="File to import"
            on:change=on_change
        />
        <button type="button" class="button is-small" disabled=move || !session.state.may_write().get() on:click=on_click>{icon(Icon::Upload)} "Import…"</button>
    }
}

/// Says that a file can be dropped, while one is held over the page, and takes it.
#[component]
pub fn DropTarget() -> impl IntoView {
    let session = Session::expect();
    let is_over = RwSignal::new(false);
    listen_first("dragover", move |event: DragEvent| {
        if has_file(&event) {
            event.prevent_default();
            event.stop_propagation();
            is_over.set(true);
        }
    });
    listen_first("dragleave", move |event: DragEvent| {
        // Of the page, not of something on it.
        if event.related_target().is_none() {
            is_over.set(false);
        }
    });
    listen_first("drop", move |event: DragEvent| {
        is_over.set(false);
        if !has_file(&event) {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        let Some(transfer) = event.data_transfer() else { return };
        match transfer.files().and_then(|files| files.item(0)).filter(|file| is_state(&event, &file.name())) {
            Some(file) => {
                session.show_pane(Pane::Snapshots);
                session.import(file);
            }
            None => {
                let entries = disk::dropped(&transfer);
                session.with_later(move |views| (views.add_dropped)(session, entries));
            }
        }
    });
    view! {
        <Show when=move || is_over.get()>
            <div class="drop-target" aria-hidden="true"><p>"Drop files, folders or a .zip to add them; a snapshot (.cusnap) to import it; a workspace (.cuspace, or its picture) to open it"</p></div>
        </Show>
    }
}

/// Whether what is dropped is to become a snapshot: such a file always, JSON only on a pane that is about states.
fn is_state(event: &DragEvent, name: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is_on_states = || matches!(target.as_ref().and_then(pane_of), Some(Pane::Snapshots | Pane::Inspector));
    let is = |kind: FileKind| lowercase(name).ends_with(kind.extension());
    is(FileKind::Snapshot) || is(FileKind::Json) && is_on_states()
}

fn has_file(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|held| held.types().includes(&"Files".into(), 0))
}
