//! What can be done with a row of a tree: the menu that the right mouse button, the keys for it and the row's own button
//! open.

use leptos::prelude::*;
use wire::{Subject, TextForm};

use super::{
    icon::Icon,
    menu::{ContextMenu, MenuItem},
    tree_row::RowAction,
};
use crate::{
    session::Session,
    tree::{Origin, VisibleRow},
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
    let has_path = !matches!(subject, Subject::Result(_));
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
    let can_restore = origin.with_value(|origin| origin.restorable(&row).is_some());
    [
        has_path.then(|| copy("Copy the path", TextForm::Path)),
        Some(copy("Copy as Lua", TextForm::Lua)),
        Some(copy("Copy as JSON", TextForm::Json)),
        Some(copy("Copy as text", TextForm::Plain)),
        row.function().is_some().then(|| on_row("Show the source", RowAction::ShowSource)),
        in_program.map(go),
        can_restore.then(|| on_row("Restore this value", RowAction::Restore)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
