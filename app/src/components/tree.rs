//! A tree of values, as the WAI-ARIA practices describe it: one row has the tab stop, the arrow
//! keys move it.

use leptos::{ev, html, prelude::*};
use wire::Subject;

use super::{focus_child, tree_row::TreeRow};
use crate::{
    session::Session,
    tree::{NodePath, Query, RowBody, TreeModel, VisibleRow},
};

/// How many rows the page keys move.
const PAGE_ROWS: usize = 15;

/// A tree of values.
#[component]
pub fn Tree(
    /// Its name for assistive technology.
    name: &'static str,
    /// What its paths start from.
    subject: Subject,
    /// Its state.
    model: RwSignal<TreeModel>,
    /// Only what contains this is shown.
    #[prop(optional, into)]
    filter: Signal<String>,
) -> impl IntoView {
    let session = Session::expect();
    let tree = NodeRef::<html::Div>::new();
    let current = RwSignal::new(None::<NodePath>);
    let rows = Memo::new(move |_| model.with(|model| filter.with(|filter| model.visible_rows(filter))));
    let tab_stop = Memo::new(move |_| rows.with(|rows| index_of(rows, current.get().as_ref())));
    let asked = subject.clone();
    let toggle = Callback::new(move |row: VisibleRow| {
        let queries = model.try_update(|model| match row.is_open {
            Some(true) => {
                model.close(&row.path);
                Vec::new()
            }
            _ => model.open(&row),
        });
        current.set(Some(row.path));
        ask_all(session, &asked, model, queries.unwrap_or_default());
    });
    let show_source = Callback::new(move |row: VisibleRow| {
        if let RowBody::Value(value) = &row.body {
            session.show_source(subject.clone(), row.steps(), value.value.text.clone());
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(act) = key_action(&event, &rows.read_untracked(), tab_stop.get_untracked()) else { return };
        event.prevent_default();
        match act {
            KeyAction::GoTo(index) => {
                current.set(rows.with_untracked(|rows| rows.get(index).map(|row| row.path.clone())));
                focus_child(tree.get_untracked(), index);
            }
            KeyAction::Toggle(row) => toggle.run(row),
            KeyAction::ShowSource(row) => show_source.run(row),
        }
    };
    view! {
        <div node_ref=tree class="tree" role="tree" aria-label=name on:keydown=on_key>
            <ForEnumerate each=move || rows.get() key=|row| row.path.clone() let(index, row)>
                <TreeRow rows index first=row tab_stop on_toggle=toggle on_show_source=show_source on_focus=move |path| current.set(Some(path))/>
            </ForEnumerate>
        </div>
    }
}

/// Sends queries, and those that their answers lead to.
pub fn ask_all(session: Session, subject: &Subject, model: RwSignal<TreeModel>, queries: Vec<Query>) {
    for Query { node, steps, range } in queries {
        let again = subject.clone();
        session.inspect(subject.clone(), steps, range, move |listing| {
            // The tree may have left the page before the answer came.
            if let Some(queries) = model.try_update(|model| model.receive(node, listing)) {
                ask_all(session, &again, model, queries);
            }
        });
    }
}

fn index_of(rows: &[VisibleRow], path: Option<&NodePath>) -> usize {
    path.and_then(|path| rows.iter().position(|row| row.path == *path)).unwrap_or(0)
}

enum KeyAction {
    GoTo(usize),
    Toggle(VisibleRow),
    ShowSource(VisibleRow),
}

fn key_action(event: &ev::KeyboardEvent, rows: &[VisibleRow], at: usize) -> Option<KeyAction> {
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return None;
    }
    let row = rows.get(at)?;
    let last = rows.len() - 1;
    Some(match (event.key().as_str(), row.is_open) {
        ("ArrowDown", _) => KeyAction::GoTo((at + 1).min(last)),
        ("ArrowUp", _) => KeyAction::GoTo(at.saturating_sub(1)),
        ("PageDown", _) => KeyAction::GoTo((at + PAGE_ROWS).min(last)),
        ("PageUp", _) => KeyAction::GoTo(at.saturating_sub(PAGE_ROWS)),
        ("Home", _) => KeyAction::GoTo(0),
        ("End", _) => KeyAction::GoTo(last),
        ("ArrowRight", Some(false)) | ("ArrowLeft", Some(true)) | (" ", Some(_)) => KeyAction::Toggle(row.clone()),
        ("ArrowRight", Some(true)) => KeyAction::GoTo((at + 1).min(last)),
        ("ArrowLeft", _) => KeyAction::GoTo(rows[..at].iter().rposition(|other| other.level < row.level)?),
        ("Enter", _) if row.is_function() => KeyAction::ShowSource(row.clone()),
        ("Enter", Some(_)) => KeyAction::Toggle(row.clone()),
        _ => return None,
    })
}
