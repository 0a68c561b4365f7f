//! The files as a tree with their folders, as the WAI-ARIA practices describe it: one row has the tab stop, the arrow
//! keys move it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    child_at,
    file_row::{file_row, open_menu},
    focus_child,
};
use crate::{
    file_list::{FileRow, Place, rows},
    formats::lowercase,
    session::{Pane, Session},
};

/// The files and folders.
#[component]
pub fn FileTree() -> impl IntoView {
    let session = Session::expect();
    let tree = NodeRef::<html::Div>::new();
    let doing = session.file_list.doing();
    let rows =
        Memo::new(move |_| session.documents.files().with(|files| doing.with(|doing| rows(&files.all, &doing.closed))));
    let stop = Memo::new(move |_| rows.with(|rows| tab_stop(session, rows)));
    let renamed = Memo::new(move |_| doing.read().renamed.as_ref().map(|(place, _)| place.clone()));
    // Where the focused row is drawn anew, the focus comes back to it.
    let has_focus = StoredValue::new(false);
    let draw = move || {
        if has_focus.get_value() {
            request_animation_frame(move || keep_focus(tree));
        }
        let (rows, renamed) = (rows.get(), renamed.get());
        let draw_row = |(at, row): (usize, FileRow)| {
            let is_renamed = renamed.as_ref() == Some(&row.place);
            file_row(session, row, Signal::derive(move || stop.get() == at), is_renamed)
        };
        rows.into_iter().enumerate().map(draw_row).collect_view()
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let rows = rows.get_untracked();
        let Some(action) = child_at(&event).and_then(|at| key_action(&event, &rows, at)) else { return };
        event.prevent_default();
        match action {
            Action::GoTo(index) => {
                choose_row(session, &rows[index].place);
                focus_child(tree.get_untracked(), index);
            }
            Action::Choose(place) => choose(session, &place),
            Action::Delete(place) => {
                session.delete_file(&place);
                session.focus(Pane::Files);
            }
        }
    };
    let place_at =
        move |event: &web_sys::Event| rows.read_untracked().get(child_at(event)?).map(|row| row.place.clone());
    let is_pressed = StoredValue::new(false);
    let open_unless_pressed = move || {
        if !is_pressed.get_value() {
            request_animation_frame(move || tree.try_get_untracked().flatten().iter().for_each(|tree| open_menu(tree)));
        }
    };
    let on_context_menu = move |event: ev::MouseEvent| {
        if let Some(place) = place_at(&event) {
            event.prevent_default();
            choose_row(session, &place);
            // The browser closes menus when the button of the mouse comes up.
            is_pressed.set_value(event.buttons() != 0);
            open_unless_pressed();
        }
    };
    let on_release = move |_| {
        if is_pressed.get_value() {
            is_pressed.set_value(false);
            open_unless_pressed();
        }
    };
    view! {
        <div
            node_ref=tree
            class="tree"
            role="tree"
            aria-label="Files"
            on:keydown=on_key
            on:click=move |event| place_at(&event).iter().for_each(|place| choose(session, place))
            on:contextmenu=on_context_menu
            on:pointerdown=move |_| is_pressed.set_value(false)
            on:pointerup=on_release
            on:focusin=move |_| has_focus.set_value(true)
            on:focusout=move |event| has_focus.set_value(event.related_target().is_none() && has_focus.get_value())
        >
            {draw}
        </div>
    }
}

/// The row that the tab key leads to: the chosen one; where it is gone, or none was chosen, that of the shown file.
fn tab_stop(session: Session, rows: &[FileRow]) -> usize {
    let index_of = |place: Option<Place>| rows.iter().position(|row| Some(&row.place) == place.as_ref());
    let current = session.file_list.doing().read().current.clone();
    let shown = || index_of(session.documents.files().read().shown.map(Place::File));
    index_of(current).or_else(shown).unwrap_or(0)
}

fn choose_row(session: Session, place: &Place) {
    session.file_list.change(|doing| doing.current = Some(place.clone()));
}

/// Shows a file, or opens or closes a folder.
fn choose(session: Session, place: &Place) {
    choose_row(session, place);
    match place {
        Place::File(id) => {
            session.show_file(*id);
            session.focus(Pane::Editor);
        }
        Place::Folder(folder) => session.file_list.toggle(folder),
    }
}

fn keep_focus(tree: NodeRef<html::Div>) {
    let is_lost = document().active_element().is_none_or(|focused| focused.tag_name() == "BODY");
    if is_lost {
        tree.try_get_untracked().flatten().iter().for_each(|tree| focus_current(tree));
    }
}

/// Gives the focus to the field of a path that is being changed, or to the row with the tab stop.
pub fn focus_current(list: &web_sys::Element) {
    let found = ["input", "[tabindex='0']"].into_iter().find_map(|selector| list.query_selector(selector).ok()?);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.focus().ok();
    }
}

#[derive(Debug, PartialEq)]
enum Action {
    GoTo(usize),
    Choose(Place),
    Delete(Place),
}

fn key_action(event: &ev::KeyboardEvent, rows: &[FileRow], at: usize) -> Option<Action> {
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return None;
    }
    action_of(&event.key(), rows, at)
}

fn action_of(key: &str, rows: &[FileRow], at: usize) -> Option<Action> {
    let row = rows.get(at)?;
    let last = rows.len() - 1;
    Some(match (key, row.is_open) {
        ("ArrowDown", _) => Action::GoTo((at + 1).min(last)),
        ("ArrowUp", _) => Action::GoTo(at.saturating_sub(1)),
        ("Home", _) => Action::GoTo(0),
        ("End", _) => Action::GoTo(last),
        ("ArrowRight", Some(true)) => Action::GoTo((at + 1).min(last)),
        ("ArrowRight", Some(false)) | ("ArrowLeft", Some(true)) | ("Enter" | " ", _) => {
            Action::Choose(row.place.clone())
        }
        ("ArrowLeft", _) => Action::GoTo(rows[..at].iter().rposition(|other| other.level < row.level)?),
        ("Delete", _) => Action::Delete(row.place.clone()),
        (letter, _) if letter.chars().count() == 1 => {
            let is_meant = |row: &FileRow| lowercase(row.name()).starts_with(&lowercase(letter));
            Action::GoTo((at + 1..rows.len()).chain(0..at).find(|index| is_meant(&rows[*index]))?)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::DocumentId;

    fn row(path: &str, is_open: Option<bool>) -> FileRow {
        let place = match is_open {
            Some(_) => Place::Folder(path.to_owned()),
            None => Place::File(DocumentId(path.len() as u32)),
        };
        let level = path.split('/').count();
        FileRow { place, path: path.to_owned(), level, is_open, position: 1, set_size: 1 }
    }

    #[test]
    fn keys_move_open_close_and_delete() {
        let rows = [row("lib", Some(true)), row("lib/a", None), row("data", Some(false)), row("main.lua", None)];
        let action = |key, at| action_of(key, &rows, at);
        assert_eq!(action("ArrowRight", 0), Some(Action::GoTo(1)));
        assert_eq!(action("ArrowLeft", 1), Some(Action::GoTo(0)));
        assert_eq!(action("ArrowLeft", 0), Some(Action::Choose(Place::Folder("lib".into()))));
        assert_eq!(action("ArrowRight", 2), Some(Action::Choose(Place::Folder("data".into()))));
        assert_eq!(action("ArrowLeft", 3), None);
        assert_eq!(action("Enter", 1), Some(Action::Choose(rows[1].place.clone())));
        assert_eq!(action("Delete", 3), Some(Action::Delete(rows[3].place.clone())));
        assert_eq!([action("End", 0), action("ArrowDown", 3)], [Some(Action::GoTo(3)), Some(Action::GoTo(3))]);
        assert_eq!(
            [action("m", 0), action("L", 3), action("x", 0)],
            [Some(Action::GoTo(3)), Some(Action::GoTo(0)), None]
        );
        assert_eq!(action_of("ArrowDown", &[], 0), None);
    }
}
