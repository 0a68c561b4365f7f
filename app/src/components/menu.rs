//! A button with a menu of what else can be done, as the WAI-ARIA practices describe it. The menu is a popover of the
//! browser, which closes it at Escape and when something else is pressed.

use std::{
    borrow::Cow,
    sync::atomic::{AtomicU32, Ordering},
};

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::icon::{Icon, icon};
use crate::{commands::CommandId, session::Session};

/// Something that a menu offers.
#[derive(Clone)]
pub struct MenuItem {
    name: Cow<'static, str>,
    icon: Option<Icon>,
    keys: Option<String>,
    is_enabled: Signal<bool>,
    role: &'static str,
    /// Whether a line is above it.
    begins_group: bool,
    /// Whether what it switches or chooses is on, if it does.
    is_checked: Option<bool>,
    act: Callback<()>,
}

impl MenuItem {
    /// Something that can always be done.
    pub fn new(name: impl Into<Cow<'static, str>>, act: impl Fn() + Send + Sync + 'static) -> Self {
        MenuItem {
            name: name.into(),
            icon: None,
            keys: None,
            is_enabled: Signal::stored(true),
            role: "menuitem",
            begins_group: false,
            is_checked: None,
            act: Callback::new(move |()| act()),
        }
    }

    /// Something that can be done at times.
    pub fn enabled_when(self, is_enabled: Signal<bool>) -> Self {
        MenuItem { is_enabled, ..self }
    }

    /// The first of several that belong together.
    pub fn first_of_group(self) -> Self {
        MenuItem { begins_group: true, ..self }
    }

    /// With an icon.
    pub fn with_icon(self, icon: Icon) -> Self {
        MenuItem { icon: Some(icon), ..self }
    }

    /// One of several of which one is chosen.
    pub fn chosen_if(self, is_chosen: bool) -> Self {
        MenuItem { role: "menuitemradio", is_checked: Some(is_chosen), ..self }
    }

    /// A command of the page.
    pub fn of_command(id: CommandId, session: Session) -> Self {
        let item = MenuItem::new(id.title(), move || id.act(session));
        let is_enabled = Signal::derive(move || id.is_enabled(session));
        let (keys, is_checked) = untrack(|| (session.keys.label(id), id.is_checked(session)));
        let role = if is_checked.is_some() { "menuitemcheckbox" } else { "menuitem" };
        MenuItem { icon: id.icon(), keys, is_enabled, role, is_checked, ..item }
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
    #[prop(into, default = Icon::KebabHorizontal.into())]
    icon: Signal<Icon>,
    /// The classes of the button.
    #[prop(default = "button is-small is-icon")]
    class: &'static str,
    /// The word before the icon.
    #[prop(optional, into)]
    word: Option<Signal<String>>,
) -> impl IntoView {
    let (button, list) = (NodeRef::<html::Button>::new(), NodeRef::<html::Ul>::new());
    let is_open = RwSignal::new(false);
    let id = new_id();
    let anchor = move |_| {
        let at = button.get_untracked()?.get_bounding_client_rect();
        Some(Anchor { left: at.left(), right: at.right(), top: at.top(), bottom: at.bottom() })
    };
    view! {
        <button
            node_ref=button
            type="button"
            class=class
            aria-label=name
            title=name
            aria-haspopup="menu"
            aria-expanded=move || is_open.get().to_string()
            popovertarget=id.clone()
        >
            {word.map(|word| view! { <span class="menu-word">{word}</span> })}
            {move || self::icon(icon.get())}
        </button>
        <MenuList id name items list is_open anchor/>
    }
}

/// A menu without a button, opened at a place on the page.
#[component]
pub fn ContextMenu(
    /// Its name for assistive technology.
    name: &'static str,
    /// What it offers when it is opened.
    #[prop(into)]
    items: Callback<(), Vec<MenuItem>>,
    /// Where it is to be opened: each time that this is set.
    at: Signal<Option<(f64, f64)>>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let is_open = RwSignal::new(false);
    Effect::new(move || {
        if at.get().is_some() {
            // Once the browser is done with what it was opened by, which would close it again.
            request_animation_frame(move || {
                if let Some(list) = list.try_get_untracked().flatten() {
                    // It fails where the menu is open already.
                    drop(list.show_popover());
                }
            });
        }
    });
    let anchor =
        move |width| at.get_untracked().map(|(x, y)| Anchor { left: x + width, right: x + width, top: y, bottom: y });
    view! { <MenuList id=new_id() name=Signal::stored(name.to_owned()) items list is_open anchor/> }
}

/// What a menu is opened at, in pixels of the page.
struct Anchor {
    /// Where the menu is to begin, if its button is in the first half of the page.
    left: f64,
    /// Where it is to end otherwise.
    right: f64,
    top: f64,
    bottom: f64,
}

#[component]
fn MenuList(
    id: String,
    name: Signal<String>,
    items: Callback<(), Vec<MenuItem>>,
    list: NodeRef<html::Ul>,
    is_open: RwSignal<bool>,
    /// What a menu of this width is opened at.
    #[prop(into)]
    anchor: Callback<f64, Option<Anchor>>,
) -> impl IntoView {
    let on_toggle = move |_| {
        let is_shown = list.get_untracked().is_some_and(|list| list.matches(":popover-open").unwrap_or(false));
        is_open.set(is_shown);
        if is_shown {
            // Once its items are on the page.
            request_animation_frame(move || {
                place(list, anchor);
                focus_item(list, |_, _| 0);
            });
        }
    };
    view! {
        <ul
            node_ref=list
            id=id
            class="menu"
            popover="auto"
            role="menu"
            aria-label=name
            on:toggle=on_toggle
            on:keydown=move |event| on_key(&event, list)
            on:contextmenu=|event| event.prevent_default()
        >
            <Show when=move || is_open.get()>
                {items.run(()).into_iter().map(|item| view! { <Item item list/> }).collect_view()}
            </Show>
        </ul>
    }
}

#[component]
fn Item(item: MenuItem, list: NodeRef<html::Ul>) -> impl IntoView {
    let MenuItem { name, icon, keys, is_enabled, role, begins_group, is_checked, act } = item;
    let on_click = move |_| {
        if is_enabled.get_untracked() {
            // First, so that the focus is where it can come back to.
            hide(list);
            act.run(());
        }
    };
    view! {
        <li role="none" class:is-group=begins_group>
            <button
                type="button"
                class="menu-item"
                role=role
                aria-checked=is_checked.map(|is_checked| is_checked.to_string())
                tabindex="-1"
                aria-disabled=move || (!is_enabled.get()).then_some("true")
                on:click=on_click
            >
                {icon.map(self::icon)}
                <span class="menu-name">{name}</span>
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

/// Puts the menu below what it is opened at, or above where there is no room.
fn place(list: NodeRef<html::Ul>, anchor: Callback<f64, Option<Anchor>>) {
    let Some(list) = list.get_untracked() else { return };
    let own = list.get_bounding_client_rect();
    let Some(at) = anchor.run(own.width()) else { return };
    let pixels = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0);
    let (width, height) = (pixels(window().inner_width()), pixels(window().inner_height()));
    let top = if at.bottom + own.height() < height { at.bottom } else { (at.top - own.height()).max(0.0) };
    let end = if at.right < width / 2.0 && at.left < at.right { at.left + own.width() } else { at.right };
    let right = distance_from_right(width, end, own.width());
    let style = web_sys::HtmlElement::style(&list);
    // A browser that knows custom properties takes these.
    drop(style.set_property("--menu-right", &format!("{right}px")));
    drop(style.set_property("--menu-top", &format!("{top}px")));
    list.class_list().add_1("is-placed").unwrap_or_default();
}

/// How far a menu is from the right edge of the page: it ends where it is to end, unless it would begin beyond the left
/// edge then.
fn distance_from_right(page_width: f64, end: f64, own_width: f64) -> f64 {
    (page_width - end).min(page_width - own_width).max(0.0)
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

#[cfg(test)]
mod tests {
    use super::distance_from_right;

    #[test]
    fn a_menu_ends_with_its_button_but_stays_on_the_page() {
        assert_eq!(distance_from_right(800.0, 790.0, 200.0), 10.0);
        assert_eq!(distance_from_right(800.0, 60.0, 200.0), 600.0);
        assert_eq!(distance_from_right(180.0, 60.0, 200.0), 0.0);
    }
}
