//! What can be done with a row of a tree: the menu that the right mouse button, the keys for it and the row's own button
//! open.

use leptos::prelude::*;
use wire::{Change, Kind, Step, Subject, TextForm};

use super::{
    icon::Icon,
    menu::{ContextMenu, MenuItem},
    tree::ask_to_restore_value,
    tree_row::RowAction,
};
use crate::{
    commands::{CommandId, EditCommand},
    session::{Session, can_edit, has_history, has_pins},
    tree::{ListedRow, Origin, RowBody, VisibleRow},
    viewer::Revision,
};

/// Where on the page the menu of a row is to be opened.
#[derive(Clone)]
pub struct MenuRequest {
    /// The row.
    pub row: VisibleRow,
    /// The place.
    pub at: (f64, f64),
    /// Whether a button of the mouse is down: the browser closes menus when it comes up.
    pub is_pressed: bool,
}

impl MenuRequest {
    /// The button of the mouse came up.
    pub fn release(request: RwSignal<Option<MenuRequest>>) {
        if request.with_untracked(|request| request.as_ref().is_some_and(|request| request.is_pressed)) {
            request.update(|request| request.iter_mut().for_each(|request| request.is_pressed = false));
        }
    }
}

/// The menu of the rows of a tree.
#[component]
pub fn RowMenu(
    /// What the tree's lines come from.
    origin: StoredValue<Origin>,
    /// The row whose menu is wanted.
    request: RwSignal<Option<MenuRequest>>,
    /// Does something with the row.
    act: Callback<(RowAction, VisibleRow)>,
) -> impl IntoView {
    let session = Session::expect();
    let items = move |()| {
        let row = request.with_untracked(|request| request.as_ref().map(|request| request.row.clone()));
        row.map(|row| items(session, origin, row, act)).unwrap_or_default()
    };
    let at = Signal::derive(move || {
        request.with(|request| request.as_ref().filter(|request| !request.is_pressed).map(|request| request.at))
    });
    view! { <ContextMenu name="More for this row" items at/> }
}

fn items(
    session: Session,
    origin: StoredValue<Origin>,
    row: VisibleRow,
    act: Callback<(RowAction, VisibleRow)>,
) -> Vec<MenuItem> {
    let subject = origin.with_value(|origin| origin.subject(row.side).clone());
    let has_path = !matches!(subject, Subject::Result(_) | Subject::Printed { .. });
    let steps = row.steps();
    let copy = |name, form| {
        let (subject, steps) = (subject.clone(), steps.clone());
        let act = move || session.copy_value(subject.clone(), steps.clone(), form);
        MenuItem::new(name, act).with_icon(Icon::Copy)
    };
    let on_row = |name, action| {
        let row = row.clone();
        MenuItem::new(name, move || act.run((action, row.clone())))
    };
    let location = row.function().and_then(|function| function.location.as_ref()?.source());
    let is_kept = |location: &wire::SourceLocation| untrack(|| session.documents.paths().contains(&location.path));
    let in_program = location.filter(is_kept);
    let go = |location: wire::SourceLocation| MenuItem::new("Go to the source", move || session.reveal(&location));
    let pin = (origin.with_value(has_pins) && row.is_addressable()).then(|| {
        let is_pinned = untrack(|| session.pins.contains(&steps));
        on_row(if is_pinned { "Unpin" } else { "Pin" }, RowAction::Pin).with_icon(Icon::Pin).first_of_group()
    });
    let of_history = origin.with_value(|origin| has_history(origin, &row)).then(|| {
        let who = on_row("Who wrote this", RowAction::ShowWriter).with_icon(Icon::History).first_of_group();
        [who, on_row("History of this value", RowAction::ShowHistory).with_icon(Icon::History)]
    });
    let is_table = matches!(&row.body, RowBody::Listed(ListedRow::Value(row)) if row.value.kind == Kind::Table);
    let has_key = matches!(row.steps().last(), Some(Step::Key(_)));
    let is_possible = |command: &EditCommand| match command {
        EditCommand::Add => is_table,
        EditCommand::Rename => has_key,
        EditCommand::Set | EditCommand::Remove => true,
    };
    let edit = |command| {
        let id = CommandId::Edit(command);
        let item = on_row(command.label(), RowAction::Edit(command))
            .enabled_when(Signal::derive(move || id.is_enabled(session)));
        let item = id.icon().into_iter().fold(item, MenuItem::with_icon);
        if command == EditCommand::Set { item.first_of_group() } else { item }
    };
    let edits = EditCommand::ALL.into_iter().filter(is_possible).map(edit);
    let edits: Vec<_> = if origin.with_value(|origin| can_edit(origin, &row)) { edits.collect() } else { Vec::new() };
    let earlier = earlier(session, origin, &row);
    let can_restore = origin.with_value(|origin| origin.restorable(&row).is_some());
    [
        has_path.then(|| copy("Copy the path", TextForm::Path)),
        Some(copy("Copy as Lua", TextForm::Lua)),
        Some(copy("Copy as JSON", TextForm::Json)),
        Some(copy("Copy as text", TextForm::Plain)),
        row.function().is_some().then(|| on_row("Show the source", RowAction::ShowSource)),
        in_program.map(go),
        pin,
        can_restore.then(|| on_row("Restore this value", RowAction::Restore).with_icon(Icon::History)),
    ]
    .into_iter()
    .flatten()
    .chain(edits)
    .chain(of_history.into_iter().flatten())
    .chain(earlier)
    .collect()
}

/// What leads to the value as it is in another state: from a snapshot to `_home`, from `_home` to before the last run.
fn earlier(session: Session, origin: StoredValue<Origin>, row: &VisibleRow) -> Vec<MenuItem> {
    let steps = row.steps();
    match (origin.get_value(), row.change()) {
        (Origin::Values(Subject::Snapshot(id)), _) if row.is_addressable() => {
            let compare = move || {
                let stored = session.state.find_snapshot(Some(&id)).map(Revision::Stored);
                stored.into_iter().for_each(|before| session.compare_at(before, Revision::Now, steps.clone()));
            };
            vec![MenuItem::new("Compare with _home", compare).with_icon(Icon::GitCompare)]
        }
        (Origin::Values(Subject::Home), Some(change)) if row.is_addressable() => {
            let compared = steps.clone();
            let compare = move || {
                let steps = compared.clone();
                let show = move |before| session.compare_at(Revision::Stored(before), Revision::Now, steps);
                session.with_state_before(show);
            };
            let compare = MenuItem::new("Compare with before the last run", compare).with_icon(Icon::GitCompare);
            let row = row.clone();
            let restore = move || {
                let row = row.clone();
                session.with_state_before(move |before| ask_to_restore_value(session, before.id, &row));
            };
            // What is new was nothing.
            let restore = (change != Change::Added).then(|| {
                let restore = MenuItem::new("Restore as before the last run", restore).with_icon(Icon::History);
                restore.enabled_when(session.state.may_write())
            });
            [Some(compare), restore].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}
