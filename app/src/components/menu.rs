//! A button with a menu of what else can be done, as the WAI-ARIA practices describe it. The menu is a popover of the
//! browser, which closes it at Escape and when something else is pressed.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{commands::CommandId, session::Session};

/// Something that a menu offers.
#[derive(Clone)]
pub struct MenuItem {
    name: &'static str,
    keys: Option<String>,
    is_enabled: Signal<bool>,
    /// Whether what it switches is on, if it switches something.
    is_checked: Option<bool>,
    act: Callback<()>,
}

impl MenuItem {
    /// Something that can always be done.
    pub fn new(name: &'static str, act: impl Fn() + Send + Sync + 'static) -> Self {
        MenuItem {
            name,
            keys: None,
            is_enabled: Signal::stored(true),
            is_checked: None,
            act: Callback::new(move |()| act()),
        }
    }

    /// Something that can be done at times.
    pub fn enabled_when(self, is_enabled: Signal<bool>) -> Self {
        MenuItem { is_enabled, ..self }
    }

    /// A command of the page.
    pub fn of_command(id: CommandId, session: Session) -> Self {
        let item = MenuItem::new(id.title(), move || id.act(session));
        let is_enabled = Signal::derive(move || id.is_enabled(session));
        let (keys, is_checked) = untrack(|| (session.keys.label(id), id.is_checked(session)));
        MenuItem { keys, is_enabled, is_checked, ..item }
    }
}

/// A button with a menu.
#[component]
pub fn Menu(
    /// Its name for assistive technology.
    #[prop(into)]
    name: Signal<String>,
    /// What it offers when it is opened.
    #[prop(into)]
    items: Callback<(), Vec<MenuItem>>,
    /// What is on the button.
    #[prop(default = "⋯")]
    text: &'static str,
    /// The classes of the button.
    #[prop(default = "button is-small")]
    class: &'static str,
) -> impl IntoView {
    let (button, list) = (NodeRef::<html::Button>::new(), NodeRef::<html::Ul>::new());
    let is_open = RwSignal::new(false);
    let id = new_id();
    let on_toggle = move |_| {
        let is_shown = list.get_untracked().is_some_and(|list| list.matches(":popover-open").unwrap_or(false));
        is_open.set(is_shown);
        if is_shown {
            // Once its items are on the page.
            request_animation_frame(move || {
                place(button, list);
                focus_item(list, |_, _| 0);
            });
        }
    };
    view! {
        <button
            node_ref=button
            type="button"
            class=class
            aria-label=name
            aria-haspopup="menu"
            aria-expanded=move || is_open.get().to_string()
            popovertarget=id.clone()
        >
            {text}
        </button>
        <ul
            node_ref=list
            id=id
            class="menu"
            popover="auto"
            role="menu"
            aria-label=name
            on:toggle=on_toggle
            on:keydown=move |event| on_key(&event, list)
        >
            <Show when=move || is_open.get()>
                {items.run(()).into_iter().map(|item| view! { <Item item list/> }).collect_view()}
            </Show>
        </ul>
    }
}

#[component]
fn Item(item: MenuItem, list: NodeRef<html::Ul>) -> impl IntoView {
    let MenuItem { name, keys, is_enabled, is_checked, act } = item;
    let on_click = move |_| {
        if is_enabled.get_untracked() {
            // First, so that the focus is where it can come back to.
            hide(list);
            act.run(());
        }
    };
    view! {
        <li role="none">
            <button
                type="button"
                class="menu-item"
                role=if is_checked.is_some() { "menuitemcheckbox" } else { "menuitem" }
                aria-checked=is_checked.map(|is_checked| is_checked.to_string())
                tabindex="-1"
                aria-disabled=move || (!is_enabled.get()).then_some("true")
                on:click=on_click
            >
                {name}
                {keys.map(|keys| view! { <kbd class="menu-keys" aria-hidden="true">{keys}</kbd> })}
            </button>
        </li>
    }
}

/// An id that no other element has: a popover is found by it.
fn new_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("menu-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Closes the menu. The browser gives the focus back to the button.
fn hide(list: NodeRef<html::Ul>) {
    if let Some(list) = list.get_untracked() {
        // It fails where the menu is closed already.
        drop(list.hide_popover());
    }
}

fn on_key(event: &ev::KeyboardEvent, list: NodeRef<html::Ul>) {
    match event.key().as_str() {
        "ArrowDown" => focus_item(list, |at, count| (at + 1) % count),
        "ArrowUp" => focus_item(list, |at, count| (at + count - 1) % count),
        "Home" => focus_item(list, |_, _| 0),
        "End" => focus_item(list, |_, count| count - 1),
        // The browser closes it; nothing else on the page is to be closed by the same key.
        "Escape" => return event.stop_propagation(),
        "Tab" => return hide(list),
        _ => return,
    }
    event.stop_propagation();
    event.prevent_default();
}

/// Puts the menu below its button, or above where there is no room.
fn place(button: NodeRef<html::Button>, list: NodeRef<html::Ul>) {
    let (Some(button), Some(list)) = (button.get_untracked(), list.get_untracked()) else { return };
    let pixels = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0);
    let (width, height) = (pixels(window().inner_width()), pixels(window().inner_height()));
    let at = button.get_bounding_client_rect();
    let own_height = list.get_bounding_client_rect().height();
    let top = if at.bottom() + own_height < height { at.bottom() } else { (at.top() - own_height).max(0.0) };
    let style = web_sys::HtmlElement::style(&list);
    // A browser that knows custom properties takes these.
    drop(style.set_property("--menu-right", &format!("{}px", (width - at.right()).max(0.0))));
    drop(style.set_property("--menu-top", &format!("{top}px")));
    list.class_list().add_1("is-placed").unwrap_or_default();
}

/// Moves the focus to the item whose index `next` returns for the index of the focused one and their count.
fn focus_item(list: NodeRef<html::Ul>, next: impl Fn(usize, usize) -> usize) {
    let Some(list) = list.get_untracked() else { return };
    let Ok(found) = list.query_selector_all(".menu-item") else { return };
    let items: Vec<HtmlElement> = (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let at = items.iter().position(|item| focused.as_ref().is_some_and(|focused| item.is_same_node(Some(focused))));
    if let Some(item) = items.get(next(at.unwrap_or(0), items.len().max(1))) {
        item.focus().ok();
    }
}
