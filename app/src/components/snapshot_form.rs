//! Saving `_home` under a name.

use leptos::{ev, html, prelude::*};
use wire::{SnapshotInfo, SnapshotKind};

use super::pane::on_focus_request;
use crate::session::{Pane, Session};

/// Saves `_home` under a name.
#[component]
pub fn SnapshotForm() -> impl IntoView {
    let session = Session::expect();
    let state = session.state;
    let input = NodeRef::<html::Input>::new();
    let name = RwSignal::new(String::new());
    let suggestion = Memo::new(move |_| session.state.snapshots().with(|snapshots| suggest(snapshots)));
    on_focus_request(session, Pane::Snapshots, move || {
        if name.read_untracked().trim().is_empty() {
            name.set(suggestion.get_untracked());
        }
        select(input, &name.read_untracked());
    });
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let typed = name.read_untracked().trim().to_owned();
        session.save_snapshot(if typed.is_empty() { suggestion.get_untracked() } else { typed });
        name.set(String::new());
    };
    view! {
        <form class="snapshot-form" on:submit=on_submit>
            <input
                node_ref=input
                class="field"
                type="text"
                maxlength="200"
                autocomplete="off"
                aria-label="Snapshot name"
                placeholder=move || suggestion.get()
                bind:value=name
            />
            <button type="submit" class="button is-outlined" disabled=move || !state.is_writer().get()>"Save"</button>
        </form>
    }
}

/// The first `Snapshot N` that is not taken.
fn suggest(snapshots: &[SnapshotInfo]) -> String {
    let is_taken =
        |wanted: &str| snapshots.iter().any(|it| matches!(&it.kind, SnapshotKind::Named { name } if name == wanted));
    let mut number = 1;
    loop {
        let name = format!("Snapshot {number}");
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}

fn select(input: NodeRef<html::Input>, text: &str) {
    if let Some(input) = input.get_untracked() {
        // The signal would bring it a moment later, and there would be nothing to select yet.
        input.set_value(text);
        input.focus().ok();
        input.select();
    }
}
