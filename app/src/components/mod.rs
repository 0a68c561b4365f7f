//! What the page is made of: one file a pane, and the pieces that panes share.

pub mod banner;
mod branches_view;
mod brought_view;
mod choosing_note;
mod clash_form;
mod command_button;
mod compare_form;
mod console;
pub mod console_entry;
pub mod console_result;
pub mod console_tools;
mod copy_button;
mod crumbs;
pub mod dialog_host;
mod difference_row;
pub mod difference_view;
mod dry_run;
mod edit_form;
mod editor;
pub mod embedded;
mod example_button;
mod examples_view;
mod file_row;
mod file_search;
mod file_tabs;
mod file_tree;
pub mod files;
mod filter_field;
mod function_form;
pub mod gallery;
pub mod home_view;
pub mod icon;
mod icon_button;
pub mod import_button;
pub mod in_out;
mod input;
mod inspected_tree;
mod inspector;
mod kept_banner;
mod keys_view;
pub mod layout;
mod location_text;
mod menu;
mod name_form;
pub mod newer_release;
mod output;
mod output_json;
mod palette;
pub mod pane;
mod pins;
pub mod plain_aids;
mod printed_line;
pub mod problems;
pub mod prompt;
pub mod prompt_list;
pub mod prompt_preview;
mod redo_form;
pub mod row_menu;
mod run_details;
mod run_row;
mod run_text;
pub mod runs;
pub mod search_field;
mod settings_field;
mod settings_form;
mod settings_search;
mod share_form;
pub mod shortcuts;
mod snapshot_row;
pub mod snapshot_view;
pub mod snapshots;
mod source_difference;
mod source_view;
mod split;
mod splitter;
pub mod status_bar;
pub mod storage_line;
pub mod strip;
mod tab_group;
mod tab_list;
pub mod toolbar;
mod traced_value;
pub mod tree;
pub mod tree_row;
mod value;
mod value_history;
mod value_views;
mod value_writer;
pub mod visit_banner;
mod welcome_line;
mod workspace_menu;
mod workspaces_view;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure, convert::FromWasmAbi};

/// Listens at the window, as long as the page lives, before anything on the page hears of the event. The editor, for
/// one, would take a dropped file for text, and has keys of its own.
fn listen_first<E: FromWasmAbi + 'static>(kind: &str, act: impl Fn(E) + 'static) {
    let listener = Closure::<dyn Fn(E)>::new(act);
    let function = listener.as_ref().unchecked_ref();
    // Listening does not fail.
    drop(window().add_event_listener_with_callback_and_bool(kind, function, true));
    listener.forget();
}

/// Gives the focus to a child of an element, counted from 0.
fn focus_child(parent: Option<impl AsRef<web_sys::Element>>, index: usize) {
    let child = parent.and_then(|parent| parent.as_ref().children().item(u32::try_from(index).ok()?));
    if let Some(child) = child.and_then(|child| child.dyn_into::<web_sys::HtmlElement>().ok()) {
        child.focus().ok();
    }
}

/// Gives the focus to the first element on the page that a selector fits.
fn focus_first(selector: &str) {
    let first = document().query_selector(selector).ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok()) {
        first.focus().ok();
    }
}

/// Which child of the element that listens an event is about, counted from 0.
fn child_at(event: &web_sys::Event) -> Option<usize> {
    let parent: web_sys::Node = event.current_target()?.dyn_into().ok()?;
    let mut child: web_sys::Node = event.target()?.dyn_into().ok()?;
    loop {
        let above = child.parent_node()?;
        if above.is_same_node(Some(&parent)) {
            break;
        }
        child = above;
    }
    let children = parent.dyn_ref::<web_sys::Element>()?.children();
    (0..children.length())
        .find(|at| children.item(*at).is_some_and(|it| it.is_same_node(Some(&child))))
        .map(|at| at as usize)
}

/// Moves the focus between the rows of a list by the keys that move: each row has what takes it as its first child.
fn move_in_list(event: &ev::KeyboardEvent, list: NodeRef<html::Ul>) {
    let (Some(at), Some(list)) = (child_at(event), list.get_untracked()) else { return };
    let count = list.children().length() as usize;
    let next = match event.key().as_str() {
        "Home" => Some(0),
        "End" => count.checked_sub(1),
        key => palette::moved(key, at, count),
    };
    if let Some(next) = next {
        event.prevent_default();
        focus_child(list.children().item(next as u32), 0);
    }
}

/// A text in parts, of which some are marked as what was found.
fn marked(parts: Vec<(String, bool)>) -> Vec<AnyView> {
    let part = |(text, is_found): (String, bool)| {
        if is_found { view! { <b>{text}</b> }.into_any() } else { text.into_any() }
    };
    parts.into_iter().map(part).collect()
}

/// Scrolls as little as it takes for the element with this id to be in view.
fn scroll_into_view(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        show(&element);
    }
}

/// Scrolls as little as needed to have an element in view.
fn show(element: &web_sys::Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether a person types text into an element, or into what it is a part of.
fn takes_text(element: &web_sys::Element) -> bool {
    const FIELDS: &str = "input, textarea, select, [contenteditable], [role=textbox]";
    element.closest(FIELDS).ok().flatten().is_some()
}
