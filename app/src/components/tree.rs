//! A tree of values, as the WAI-ARIA practices describe it: one row has the tab stop, the arrow
//! keys move it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use wire::SnapshotId;

use super::{
    focus_child,
    row_menu::MenuRequest,
    shortcuts::chord,
    traced_value::trace_row,
    tree_row::{RowAction, TreeRow},
};
use crate::{
    commands::{CommandId, EditCommand, Scope},
    session::Session,
    tree::{DiffSide, NodePath, Origin, Purpose, Query, RowBody, TreeModel, VisibleRow},
};

/// How many rows the page keys move.
const PAGE_ROWS: usize = 15;

/// A tree of values, or of differences.
#[component]
pub fn Tree(
    /// Its name for assistive technology.
    #[prop(into)]
    name: String,
    /// What its lines come from.
    origin: Origin,
    /// Its state.
    model: RwSignal<TreeModel>,
    /// Only what contains this is shown.
    #[prop(optional, into)]
    filter: Signal<String>,
    /// The row that was chosen last, if others are to know of it.
    #[prop(optional)]
    current: Option<RwSignal<Option<NodePath>>>,
) -> impl IntoView {
    let session = Session::expect();
    let tree = NodeRef::<html::Div>::new();
    let current = current.unwrap_or_else(|| RwSignal::new(None));
    let rows = Memo::new(move |_| model.with(|model| filter.with(|filter| model.visible_rows(filter))));
    // Where the current row is gone, the one that took its place.
    let tab_stop =
        Memo::new(move |before: Option<&usize>| rows.with(|rows| index_of(rows, current.get().as_ref(), before)));
    let has_focus = keep_focus(tree, rows, tab_stop);
    focus_wanted(tree, model, rows, current);
    let origin = StoredValue::new(origin);
    let menu = RwSignal::new(None::<MenuRequest>);
    let act = Callback::new(move |(action, row): (RowAction, VisibleRow)| {
        current.set(Some(row.path.clone()));
        match action {
            RowAction::Menu(x, y, is_pressed) => {
                // The focus comes back to the row when the menu is closed.
                focus_child(tree.get_untracked(), tab_stop.get_untracked());
                let at = (x.into(), y.into());
                menu.set(matches!(row.body, RowBody::Listed(_)).then_some(MenuRequest { row, at, is_pressed }));
            }
            RowAction::Pin => origin.with_value(|origin| session.toggle_pin(origin, &rows.read_untracked(), &row)),
            _ => origin.with_value(|origin| carry_out(session, origin, model, action, &row)),
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let command = command_of(session, &event);
        let Some(action) = key_action(&event, &rows.read_untracked(), tab_stop.get_untracked(), command) else {
            return;
        };
        event.prevent_default();
        match action {
            KeyAction::GoTo(index) => {
                current.set(rows.with_untracked(|rows| rows.get(index).map(|row| row.path.clone())));
                focus_child(tree.get_untracked(), index);
            }
            KeyAction::Act(action, row) => act.run((action, *row)),
        }
    };
    view! {
        <div
            node_ref=tree
            class="tree"
            role="tree"
            aria-label=name
            tabindex="-1"
            on:keydown=on_key
            on:pointerup=move |_| MenuRequest::release(menu)
            on:focusin=move |_| has_focus.set_value(true)
            on:focusout=move |event| note_loss(&event, has_focus)
        >
            <ForEnumerate each=move || rows.get() key=|row| row.path.clone() let(index, row)>
                <TreeRow rows index first=row origin tab_stop act on_focus=move |path| current.set(Some(path))/>
            </ForEnumerate>
        </div>
        {move || session.later.views().map(|views| (views.row_menu)(origin, menu, act))}
    }
}

/// Sends queries, and those that their answers lead to. The names of groups can wait for the end of a run.
pub fn ask_all(session: Session, origin: &Origin, model: RwSignal<TreeModel>, queries: Vec<Query>) {
    let is_running = session.state.is_running().get_untracked();
    for query in queries.into_iter().filter(|query| !is_running || query.purpose == Purpose::Rows) {
        let again = origin.clone();
        session.list(origin.rows_call(&query), move |answer| {
            // The tree may have left the page before the answer came.
            let more = model.try_update(|model| match answer {
                Ok(answer) => model.receive(query, answer),
                Err(reason) => {
                    model.fail(query, reason);
                    Vec::new()
                }
            });
            ask_all(session, &again, model, more.unwrap_or_default());
        });
    }
}

fn carry_out(session: Session, origin: &Origin, model: RwSignal<TreeModel>, action: RowAction, row: &VisibleRow) {
    match action {
        RowAction::Toggle => {
            let queries = model.try_update(|model| match row.is_open {
                Some(true) => {
                    model.close(&row.path);
                    Vec::new()
                }
                _ => model.open(row),
            });
            ask_all(session, origin, model, queries.unwrap_or_default());
        }
        RowAction::ShowSource => {
            let Some(function) = row.function() else { return };
            let title = function.text.clone();
            match origin {
                Origin::Difference { before, after } if row.side == DiffSide::Both && row.is_source_changed() => {
                    session.show_source_difference(before.clone(), after.clone(), row.steps(), title);
                }
                _ => session.show_source(origin.subject(row.side).clone(), row.steps(), title),
            }
        }
        RowAction::ShowWriter => trace_row(session, origin, row, true),
        RowAction::ShowHistory => trace_row(session, origin, row, false),
        RowAction::Edit(command) => session.edit_row(origin, row, command),
        // The tree itself does these.
        RowAction::Menu(..) | RowAction::Pin => {}
        RowAction::Restore => {
            if let Some(snapshot) = origin.restorable(row) {
                ask_to_restore_value(session, snapshot.clone(), row);
            }
        }
    }
}

fn index_of(rows: &[VisibleRow], path: Option<&NodePath>, before: Option<&usize>) -> usize {
    let Some(path) = path else { return 0 };
    let found = rows.iter().position(|row| row.path == *path);
    found.unwrap_or_else(|| before.copied().unwrap_or(0).min(rows.len().saturating_sub(1)))
}

/// Gives the focus to the row that the model wants, once it is there.
fn focus_wanted(
    tree: NodeRef<html::Div>,
    model: RwSignal<TreeModel>,
    rows: Memo<Vec<VisibleRow>>,
    current: RwSignal<Option<NodePath>>,
) {
    Effect::new(move || {
        let wanted = model.with(|model| model.wanted().cloned());
        let index = rows.with(|rows| rows.iter().position(|row| Some(&row.path) == wanted.as_ref()));
        let Some(index) = index else { return };
        model.update(TreeModel::forget_wanted);
        current.set(wanted);
        // Once the page shows the rows.
        request_animation_frame(move || focus_child(tree.try_get_untracked().flatten(), index));
    });
}

/// Moves the focus to another row when the focused row disappears. Returns whether a row has the focus.
fn keep_focus(tree: NodeRef<html::Div>, rows: Memo<Vec<VisibleRow>>, tab_stop: Memo<usize>) -> StoredValue<bool> {
    let has_focus = StoredValue::new(false);
    Effect::new(move || {
        rows.track();
        // Once the page shows the rows.
        request_animation_frame(move || {
            let (Some(tree), Some(true)) = (tree.try_get_untracked().flatten(), has_focus.try_get_value()) else {
                return;
            };
            let is_lost = document().active_element().is_none_or(|focused| {
                focused.is_same_node(document().body().as_deref().map(AsRef::as_ref))
                    || tree.is_same_node(Some(&focused))
            });
            match rows.with_untracked(Vec::len) {
                _ if !is_lost => {}
                0 => drop(tree.focus()),
                _ => focus_child(Some(tree), tab_stop.get_untracked()),
            }
        });
    });
    has_focus
}

/// Notes that the focus went elsewhere, but not that it was taken by removing its row.
fn note_loss(event: &ev::FocusEvent, has_focus: StoredValue<bool>) {
    let Some(row) = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok()) else { return };
    // Some browsers say so before the row is gone.
    queue_microtask(move || {
        if row.is_connected() {
            has_focus.try_set_value(false);
        }
    });
}

enum KeyAction {
    GoTo(usize),
    Act(RowAction, Box<VisibleRow>),
}

/// The command for a row that these are the keys of.
fn command_of(session: Session, event: &ev::KeyboardEvent) -> Option<RowAction> {
    let command = |chord| session.keys.map().with_untracked(|keymap| keymap.command(&chord, Scope::Tree));
    match chord(event).and_then(command)? {
        CommandId::RestoreValue => Some(RowAction::Restore),
        CommandId::PinValue => Some(RowAction::Pin),
        CommandId::ShowWriter => Some(RowAction::ShowWriter),
        CommandId::ShowValueHistory => Some(RowAction::ShowHistory),
        CommandId::Edit(command) => Some(RowAction::Edit(command)),
        _ => None,
    }
}

/// Asks, and then makes one value of `_home` what it is in a snapshot.
pub fn ask_to_restore_value(session: Session, snapshot: SnapshotId, row: &VisibleRow) {
    let steps = row.steps();
    let title = format!("Restore {} alone?", row.label());
    let text = "It replaces the current value; the rest of _home stays. Undo run brings the current value back.";
    session.dialogs.confirm(title, text, "Restore", move || session.restore_path(snapshot.clone(), steps.clone()));
}

fn key_action(
    event: &ev::KeyboardEvent,
    rows: &[VisibleRow],
    at: usize,
    command: Option<RowAction>,
) -> Option<KeyAction> {
    let row = rows.get(at)?;
    let last = rows.len() - 1;
    let act = |action| KeyAction::Act(action, Box::new(row.clone()));
    if let Some(action) = command {
        return Some(act(action));
    }
    if event.key() == "ContextMenu" || event.key() == "F10" && event.shift_key() {
        let at = document().active_element()?.get_bounding_client_rect();
        return Some(act(RowAction::Menu(at.left() as i32, at.bottom() as i32, false)));
    }
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return None;
    }
    Some(match (event.key().as_str(), row.is_open) {
        ("ArrowDown", _) => KeyAction::GoTo((at + 1).min(last)),
        ("ArrowUp", _) => KeyAction::GoTo(at.saturating_sub(1)),
        ("PageDown", _) => KeyAction::GoTo((at + PAGE_ROWS).min(last)),
        ("PageUp", _) => KeyAction::GoTo(at.saturating_sub(PAGE_ROWS)),
        ("Home", _) => KeyAction::GoTo(0),
        ("End", _) => KeyAction::GoTo(last),
        ("ArrowRight", Some(false)) | ("ArrowLeft", Some(true)) | (" ", Some(_)) => act(RowAction::Toggle),
        ("ArrowRight", Some(true)) => KeyAction::GoTo((at + 1).min(last)),
        ("ArrowLeft", _) => KeyAction::GoTo(rows[..at].iter().rposition(|other| other.level < row.level)?),
        // As in lists of files. What cannot be edited says so.
        ("F2", _) => act(RowAction::Edit(EditCommand::Set)),
        ("Delete", _) => act(RowAction::Edit(EditCommand::Remove)),
        ("Enter", _) if row.function().is_some() => act(RowAction::ShowSource),
        ("Enter", Some(_)) => act(RowAction::Toggle),
        _ => return None,
    })
}
