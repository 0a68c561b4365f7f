//! One stored snapshot and its actions.

use std::collections::HashMap;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use wire::{SnapshotId, SnapshotInfo, SnapshotKind};

use super::{
    icon::Icon,
    icon_button::IconButton,
    menu::{Menu, MenuItem},
};
use crate::{
    formats,
    run_facts::Made,
    session::{Pane, Session},
    state,
    viewer::{Revision, View},
};

/// One stored snapshot. When it is renamed, the row keeps its elements, and so the focus.
#[component]
pub fn SnapshotRow(
    /// The snapshot.
    snapshot: Memo<SnapshotInfo>,
    /// The runs that made states.
    made: Memo<HashMap<SnapshotId, Made>>,
) -> impl IntoView {
    let session = Session::expect();
    let is_head = Memo::new(move |_| session.state.is_head(&snapshot.read().id));
    let is_chosen = Memo::new(move |_| session.viewer.choosing.with(|choosing| choosing.is_first(&snapshot.read().id)));
    let made = Memo::new(move |_| made.with(|made| made.get(&snapshot.read().id).cloned()));
    let branch = branch_name(session, snapshot.read_untracked().id.clone());
    let choose = move || session.choose(Revision::Stored(snapshot.get_untracked()));
    // On the row, but not on its buttons, of which the name is the first.
    let on_row = move |event: ev::MouseEvent| {
        if (event.ctrl_key() || event.meta_key()) && !is_on_action(&event) {
            choose();
        }
    };
    let on_name = move |event: ev::MouseEvent| {
        if session.is_choice(&event) {
            event.stop_propagation();
            choose();
        } else {
            session.show(View::Snapshot(snapshot.get_untracked()));
        }
    };
    let is_checkpoint = move || matches!(snapshot.read().kind, SnapshotKind::Checkpoint { .. });
    let is_imported = move || matches!(snapshot.read().kind, SnapshotKind::Imported { .. });
    let name = move || snapshot.read().kind.name().to_owned();
    let open_name = move || format!("Inspect {}", state::title(&snapshot.read()));
    let damage = move || snapshot.read().damage.clone();
    view! {
        <li
            class="snapshot-row"
            class:is-checkpoint=is_checkpoint
            aria-current=move || is_head.get().then_some("true")
            on:click=on_row
            on:keydown=move |event| {
                session.choose_by_key(&event, choose);
            }
        >
            <button
                type="button"
                class="link snapshot-name"
                title=name
                aria-label=open_name
                on:click=on_name
            >
                {name}
            </button>
            {move || is_imported().then(|| view! { <span class="tag">"imported"</span> })}
            {move || branch.get().map(|name| view! { <span class="tag">"branch " {name}</span> })}
            {move || is_head.get().then(|| view! { <span class="tag is-now">"_home now"</span> })}
            <Show when=move || is_chosen.get()><span class="tag is-now">"chosen"</span></Show>
            {move || made.get().map(|made| view! { <ChangeChip made/> })}
            <span class="snapshot-side">
                <span class="snapshot-facts">{move || facts(&snapshot.read())} {move || lacks(&snapshot.read())}</span>
                <SnapshotActions snapshot/>
            </span>
            {move || damage().map(|damage| view! { <p class="snapshot-damage">"Cannot be read, and is kept: " {damage}</p> })}
        </li>
    }
}

/// What the run changed that made a state.
#[component]
pub fn ChangeChip(
    /// The run.
    made: Made,
) -> impl IntoView {
    view! {
        <span class="change-chip" aria-hidden="true">{made.changes}</span>
        <span class="visually-hidden">{made.spoken}</span>
    }
}

fn is_on_action(event: &ev::MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest(".snapshot-actions").ok().flatten().is_some())
}

#[component]
fn SnapshotActions(snapshot: Memo<SnapshotInfo>) -> impl IntoView {
    let session = Session::expect();
    let title = move || state::title(&snapshot.read());
    let is_locked = move || !session.state.may_write().get();
    let is_damaged = move || snapshot.read().damage.is_some();
    view! {
        <span class="snapshot-actions">
            <button
                type="button"
                class="button is-small snapshot-restore"
                disabled=move || is_damaged() || is_locked()
                aria-label=move || format!("Restore {}", title())
                on:click=move |_| ask_to_restore(session, &snapshot.read_untracked())
            >
                "Restore"
            </button>
            <IconButton
                icon=Icon::Trash
                name=Signal::derive(move || format!("Delete {}", title()))
                is_enabled=session.state.may_write()
                act=move |()| ask_to_delete(session, &snapshot.read_untracked())
            />
            <Menu
                name=Signal::derive(move || format!("More for {}", title()))
                items=move |()| menu_items(session, &snapshot.read_untracked())
            />
        </span>
    }
}

/// Asks for confirmation, then replaces `_home` with a snapshot.
pub fn ask_to_restore(session: Session, snapshot: &SnapshotInfo) {
    let id = snapshot.id.clone();
    let text = "It replaces the current _home, which stays under “Recent runs”: Undo run brings it back.";
    session.dialogs.confirm(format!("Restore {}?", state::title(snapshot)), text, "Restore", move || {
        session.restore_snapshot(id.clone());
        if session.viewer.current().with_untracked(|view| *view != View::Home) {
            session.close_view();
        }
    });
}

fn ask_to_delete(session: Session, snapshot: &SnapshotInfo) {
    let id = snapshot.id.clone();
    let delete = move || {
        session.delete_snapshot(id.clone());
        // The focused button is removed with its row.
        session.focus(Pane::Snapshots);
    };
    let title = format!("Delete {}?", state::title(snapshot));
    session.dialogs.confirm_deletion(title, "Delete", delete);
}

fn menu_items(session: Session, snapshot: &SnapshotInfo) -> Vec<MenuItem> {
    let (may_write, is_readable) = (session.state.may_write(), Signal::stored(snapshot.damage.is_none()));
    let is_free = Signal::derive(move || may_write.get() && is_readable.get());
    let (id, name, title) = (snapshot.id.clone(), snapshot.kind.name().to_owned(), state::title(snapshot));
    let subject = Revision::Stored(snapshot.clone()).subject();
    let mut items = Vec::new();
    let shown = snapshot.clone();
    items.push(MenuItem::new("Inspect", move || session.show(View::Snapshot(shown.clone()))).with_icon(Icon::Search));
    let before = Revision::Stored(snapshot.clone());
    let compare = move || session.show(View::Difference { before: before.clone(), after: Revision::Now });
    items.push(MenuItem::new("Compare with _home", compare).with_icon(Icon::GitCompare).enabled_when(is_readable));
    let chosen = Revision::Stored(snapshot.clone());
    let choose = move || session.choose(chosen.clone());
    items.push(MenuItem::new("Compare with…", choose).enabled_when(is_readable));
    items.extend(switch_item(session, "Switch to this", snapshot));
    let restored = snapshot.clone();
    let restore = MenuItem::new("Restore…", move || ask_to_restore(session, &restored));
    items.push(restore.with_icon(Icon::History).enabled_when(is_free));
    if !matches!(snapshot.kind, SnapshotKind::Checkpoint { .. }) {
        let (renamed, old) = (id.clone(), name.clone());
        let rename = move || {
            let id = renamed.clone();
            let on_name = move |name| session.rename_snapshot(id.clone(), name);
            session.dialogs.ask_name("Rename the snapshot".to_owned(), old.clone(), "Rename", on_name);
        };
        items.push(MenuItem::new("Rename…", rename).with_icon(Icon::Pencil).enabled_when(may_write));
    }
    let (copied, old) = (id, name.clone());
    let duplicate = move || {
        let id = copied.clone();
        let on_name = move |name| session.duplicate_snapshot(id.clone(), name);
        session.dialogs.ask_name(format!("Keep a copy of {title}"), old.clone(), "Save copy", on_name);
    };
    items.push(MenuItem::new("Duplicate…", duplicate).with_icon(Icon::Copy).enabled_when(is_free));
    let (exported, file) = (subject.clone(), name.clone());
    let export = move || session.export(exported.clone(), file.clone());
    items.push(MenuItem::new("Export to a file", export).with_icon(Icon::Download).enabled_when(is_readable));
    let export_json = move || session.export_json(subject.clone(), name.clone());
    items.push(MenuItem::new("Export data as JSON", export_json).enabled_when(is_readable));
    let deleted = snapshot.clone();
    let delete = MenuItem::new("Delete…", move || ask_to_delete(session, &deleted));
    items.push(delete.with_icon(Icon::Trash).enabled_when(may_write).first_of_group());
    items
}

/// The name of the branch that a state ends.
pub fn branch_name(session: Session, id: SnapshotId) -> Memo<Option<String>> {
    let history = session.state.history();
    Memo::new(move |_| history.with(|history| history.branches.iter().find(|it| it.leaf == id)?.name.clone()))
}

/// What makes a checkpoint what `_home` is, if that is elsewhere in history.
pub fn switch_item(session: Session, name: &'static str, snapshot: &SnapshotInfo) -> Option<MenuItem> {
    let (id, is_readable) = (snapshot.id.clone(), snapshot.damage.is_none());
    let can_switch = Signal::derive(move || session.state.may_write().get() && is_readable);
    let is_elsewhere = session.tree(|tree| tree.is_elsewhere(&id));
    let item = MenuItem::new(name, move || session.go_to(id.clone()));
    is_elsewhere.then(|| item.with_icon(Icon::GitBranch).enabled_when(can_switch))
}

/// When it was saved, its size, and the number of its values.
pub fn facts(snapshot: &SnapshotInfo) -> String {
    facts_of(snapshot.created_millis, snapshot.byte_size, snapshot.value_count)
}

/// When something was saved, its size, and the number of its values.
pub fn facts_of(created_millis: f64, byte_size: u64, value_count: u64) -> String {
    let values = formats::counted(value_count, "value");
    format!("{} · {} · {values}", formats::moment(created_millis), formats::bytes(byte_size))
}

fn lacks(snapshot: &SnapshotInfo) -> Option<String> {
    let count = snapshot.omitted_count();
    (count > 0).then(|| format!(" · {} left out", formats::count(count)))
}
