//! One row of the files: a file or a folder, or the field in which it gets another path.

use leptos::{attr::custom::custom_attribute, ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::{
    file_tabs::main_mark,
    icon::{Icon, icon},
};
use crate::{
    file_list::{FileRow, Place},
    session::{Pane, Session},
};

/// A row of the files.
pub fn file_row(session: Session, row: FileRow, is_tab_stop: Signal<bool>, is_renamed: bool) -> AnyView {
    let name = row.name().to_owned();
    let renamed = session.file_list.doing().with_untracked(|doing| doing.renamed.clone()).filter(|_| is_renamed);
    let files = session.documents.files().read();
    let is_shown = files.shown.map(Place::File).as_ref() == Some(&row.place);
    let mark = match row.place {
        Place::File(id) => main_mark(&files, id),
        Place::Folder(_) => ().into_any(),
    };
    let content = match renamed {
        Some((place, typed)) => rename_field(session, place, &row.path, typed),
        None => view! { <span class="file-row-name" title=row.path.clone()>{name}</span> {mark} }.into_any(),
    };
    view! {
        <div
            class=if is_shown { "tree-row file-row is-shown" } else { "tree-row file-row" }
            role="treeitem"
            tabindex=move || if is_tab_stop.get() { "0" } else { "-1" }
            aria-current=is_shown.then_some("true")
            {..custom_attribute("aria-level", row.level.to_string())}
            aria-posinset=row.position.to_string()
            aria-setsize=row.set_size.to_string()
            aria-expanded=row.is_open.map(|is_open| is_open.to_string())
            style:--level=row.level.to_string()
        >
            <span class=if row.is_open.is_some() { "tree-twist" } else { "tree-twist is-leaf" }></span>
            {icon(if row.is_open.is_some() { Icon::FileDirectory } else { Icon::File })}
            {content}
        </div>
    }
    .into_any()
}

/// The field for another path. Enter takes it, Escape leaves the old one.
fn rename_field(session: Session, place: Place, path: &str, typed: String) -> AnyView {
    let is_new = typed == path;
    let selection = if is_new { stem(path) } else { (u32::MAX, u32::MAX) };
    request_animation_frame(move || focus_field(selection));
    let blurred = place.clone();
    let on_key = move |event: ev::KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Enter" if !event.is_composing() && session.finish_rename(&place, event_target_value(&event).trim()) => {
                end(session, &place);
            }
            "Escape" => end(session, &place),
            _ => {}
        }
    };
    let on_input = move |event: ev::Event| {
        let typed = event_target_value(&event);
        // Nothing is drawn anew: the field has it already.
        session.file_list.note_typed(typed);
    };
    let on_blur = move |event: ev::FocusEvent| {
        let field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let blurred = blurred.clone();
        // A field that is drawn anew loses the focus, too.
        request_animation_frame(move || {
            let is_renamed = session
                .file_list
                .doing()
                .with_untracked(|doing| doing.renamed.as_ref().map(|it| &it.0) == Some(&blurred));
            if is_renamed && field.as_ref().is_some_and(|field| field.is_connected()) {
                session.finish_rename(&blurred, event_target_value(&event).trim());
                session.file_list.change(|doing| doing.renamed = None);
            }
        });
    };
    view! {
        <input
            class="field is-small file-row-field"
            type="text"
            maxlength="1000"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-label=["Path of ", path].concat()
            prop:value=typed
            on:keydown=on_key
            on:input=on_input
            on:blur=on_blur
            on:click=|event| event.stop_propagation()
        />
    }
    .into_any()
}

/// Where the name of a file without its extension begins and ends in its path, in UTF-16 units.
fn stem(path: &str) -> (u32, u32) {
    let start = path.rfind('/').map_or(0, |at| at + 1);
    let end = path[start..].rfind('.').filter(|at| *at > 0).map_or(path.len(), |at| start + at);
    let units = |bytes: usize| path[..bytes].encode_utf16().count() as u32;
    (units(start), units(end))
}

fn focus_field((start, end): (u32, u32)) {
    let field = document().query_selector(".file-row-field").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.focus().ok();
        field.set_selection_range(start, end).ok();
    }
}

/// The field goes away: the focus goes to the text of the shown file, or stays in the list.
fn end(session: Session, place: &Place) {
    session.file_list.change(|doing| (doing.renamed, doing.problem) = (None, None));
    let is_shown = session.documents.shown().get_untracked().map(Place::File).as_ref() == Some(place);
    session.focus(if is_shown { Pane::Editor } else { Pane::Files });
}

/// Opens the menu of the pane that an element is in, which is about the chosen row.
pub fn open_menu(element: &Element) {
    let pane = element.closest("[data-pane]").ok().flatten();
    let button = pane.and_then(|pane| pane.query_selector("[aria-haspopup=menu]").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn the_name_without_its_extension_is_selected() {
        assert_eq!(stem("lib/json.min.lua"), (4, 12));
        assert_eq!([stem("data"), stem("a/.hidden"), stem("ü😀.x")], [(0, 4), (2, 9), (0, 3)]);
    }
}
