//! One stored snapshot, and what can be done with it.

use leptos::prelude::*;
use wire::{SnapshotInfo, SnapshotKind};

use crate::{
    formats,
    session::{Pane, Session},
    state,
};

/// One stored snapshot.
#[component]
pub fn SnapshotRow(
    /// The snapshot.
    snapshot: SnapshotInfo,
) -> impl IntoView {
    let (name, is_named) = match &snapshot.kind {
        SnapshotKind::Named { name } | SnapshotKind::Imported { name } => (name.clone(), true),
        SnapshotKind::Checkpoint { label } => (label.clone(), false),
    };
    let damage = snapshot.damage.clone();
    view! {
        <li class="snapshot-row" class:is-checkpoint=!is_named>
            <span class="snapshot-name" title=name.clone()>{name.clone()}</span>
            <span class="snapshot-facts">{facts(&snapshot)}</span>
            <SnapshotActions snapshot/>
            {damage.map(|damage| view! { <p class="snapshot-damage">"Cannot be read, and is kept: " {damage}</p> })}
        </li>
    }
}

#[component]
fn SnapshotActions(snapshot: SnapshotInfo) -> impl IntoView {
    let session = Session::expect();
    let title = state::title(&snapshot);
    let (restored, deleted) = (snapshot.clone(), snapshot.clone());
    let (restore_title, delete_title) = (title.clone(), title.clone());
    let on_restore = move |_| {
        let id = restored.id.clone();
        let text =
            "It takes the place of the present _home, which stays under “Recent runs” and can be restored from there.";
        session.dialogs.confirm(format!("Restore {restore_title}?"), text, "Restore", move || {
            session.restore_snapshot(id.clone())
        });
    };
    let on_delete = move |_| {
        let id = deleted.id.clone();
        let delete = move || {
            session.delete_snapshot(id.clone());
            // The button that had the focus goes with its row.
            session.focus(Pane::Snapshots);
        };
        session.dialogs.confirm(format!("Delete {delete_title}?"), "This cannot be undone.", "Delete", delete);
    };
    view! {
        <button type="button" class="button is-small" disabled=snapshot.damage.is_some() aria-label=format!("Restore {title}") on:click=on_restore>
            "Restore"
        </button>
        <button type="button" class="button is-small" aria-label=format!("Delete {title}") on:click=on_delete>
            "Delete"
        </button>
    }
}

fn facts(snapshot: &SnapshotInfo) -> String {
    let values = formats::counted(snapshot.value_count, "value");
    format!("{} · {} · {values}", formats::moment(snapshot.created_millis), formats::bytes(snapshot.byte_size))
}
