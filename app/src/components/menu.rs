//! A button with a menu of what else can be done, as the WAI-ARIA practices describe it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The room that a menu takes, in pixels: a row of it, and its frame. As in menu.css.
const ROW_HEIGHT: f64 = 36.0;
const FRAME_HEIGHT: f64 = 16.0;

/// Something that a menu offers.
#[derive(Clone)]
pub struct MenuItem {
    name: &'static str,
    is_enabled: Signal<bool>,
    act: Callback<()>,
}

impl MenuItem {
    /// Something that can always be done.
    pub fn new(name: &'static str, act: impl Fn() + Send + Sync + 'static) -> Self {
        MenuItem { name, is_enabled: Signal::stored(true), act: Callback::new(move |()| act()) }
    }

    /// Something that can be done at times.
    pub fn enabled_when(self, is_enabled: Signal<bool>) -> Self {
        MenuItem { is_enabled, ..self }
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
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Ul>::new();
    let is_open = RwSignal::new(false);
    let show = move || {
        is_open.set(true);
        // Once it is on the page.
        request_animation_frame(move || {
            place(button, list);
            focus_item(list, |_, _| 0);
        });
    };
    let hide = move || {
        is_open.set(false);
        if let Some(button) = button.get_untracked() {
            button.focus().ok();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let key = event.key();
        match key.as_str() {
            "ArrowDown" => focus_item(list, |at, count| (at + 1) % count),
            "ArrowUp" => focus_item(list, |at, count| (at + count - 1) % count),
            "Home" => focus_item(list, |_, _| 0),
            "End" => focus_item(list, |_, count| count - 1),
            "Escape" | "Tab" => hide(),
            _ => return,
        }
        event.stop_propagation();
        if key != "Tab" {
            event.prevent_default();
        }
    };
    let on_focus_out = move |event: ev::FocusEvent| {
        let goes_to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let stays = list.get_untracked().is_some_and(|list| list.contains(goes_to.as_ref()));
        if goes_to.is_some() && !stays {
            is_open.set(false);
        }
    };
    on_press_elsewhere(button, list, is_open);
    view! {
        <button
            node_ref=button
            type="button"
            class="button is-small menu-button"
            title="More"
            aria-label=name
            aria-haspopup="menu"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| if is_open.get_untracked() { hide() } else { show() }
        >
            "⋯"
        </button>
        <Show when=move || is_open.get()>
            <ul node_ref=list class="menu" role="menu" aria-label=name on:keydown=on_key on:focusout=on_focus_out>
                {items.run(()).into_iter().map(|item| view! { <Item item hide=Callback::new(move |()| hide())/> }).collect_view()}
            </ul>
        </Show>
    }
}

#[component]
fn Item(item: MenuItem, hide: Callback<()>) -> impl IntoView {
    let MenuItem { name, is_enabled, act } = item;
    let on_click = move |_| {
        if is_enabled.get_untracked() {
            // First, so that the focus is where it can come back to.
            hide.run(());
            act.run(());
        }
    };
    view! {
        <li role="none">
            <button type="button" class="menu-item" role="menuitem" tabindex="-1" aria-disabled=move || (!is_enabled.get()).then_some("true") on:click=on_click>
                {name}
            </button>
        </li>
    }
}

/// Puts the menu below its button, or above where there is no room. It must not be cut off by the pane, so
/// its place is counted from the window.
fn place(button: NodeRef<html::Button>, list: NodeRef<html::Ul>) {
    let (Some(button), Some(list)) = (button.get_untracked(), list.get_untracked()) else { return };
    let pixels = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0);
    let (width, height) = (pixels(window().inner_width()), pixels(window().inner_height()));
    let at = button.get_bounding_client_rect();
    let own_height = f64::from(list.child_element_count()) * ROW_HEIGHT + FRAME_HEIGHT;
    let top = if at.bottom() + own_height < height { at.bottom() } else { (at.top() - own_height).max(0.0) };
    let style = web_sys::HtmlElement::style(&list);
    // A browser that knows custom properties takes these.
    drop(style.set_property("--menu-right", &format!("{}px", (width - at.right()).max(0.0))));
    drop(style.set_property("--menu-top", &format!("{top}px")));
}

/// Closes the menu when something else on the page is pressed, or the wheel is turned.
fn on_press_elsewhere(button: NodeRef<html::Button>, list: NodeRef<html::Ul>, is_open: RwSignal<bool>) {
    let hide = move |target: Option<web_sys::EventTarget>| {
        if is_open.try_get_untracked() != Some(true) {
            return;
        }
        let target = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let is_in_list = list.get_untracked().is_some_and(|list| list.contains(target.as_ref()));
        let is_in_button = button.get_untracked().is_some_and(|button| button.contains(target.as_ref()));
        if !is_in_list && !is_in_button {
            is_open.set(false);
        }
    };
    let pressed = window_event_listener(ev::pointerdown, move |event| hide(event.target()));
    let turned = window_event_listener(ev::wheel, move |event| hide(event.target()));
    on_cleanup(move || {
        pressed.remove();
        turned.remove();
    });
}

/// Gives another item the focus: its number is found from that of the present one and the count.
fn focus_item(list: NodeRef<html::Ul>, next: impl Fn(usize, usize) -> usize) {
    let Some(list) = list.get_untracked() else { return };
    let Ok(found) = list.query_selector_all("[role=menuitem]") else { return };
    let items: Vec<HtmlElement> = (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let at = items.iter().position(|item| focused.as_ref().is_some_and(|focused| item.is_same_node(Some(focused))));
    if let Some(item) = items.get(next(at.unwrap_or(0), items.len().max(1))) {
        item.focus().ok();
    }
}
