//! What a plain text area has beside its text where it is the editor: the colours of Lua behind it, line numbers, the mark
//! of the last error, indentation, and a row of keys for signs that are hard to reach on the keyboards of screens.

use std::ops::Range;

use leptos::{ev, html, prelude::*, tachys::html::element::ElementExt};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{HtmlPreElement, HtmlTextAreaElement};

use crate::{
    lua_text::{next_indentation, to_html},
    session::Session,
    workspace::is_lua,
};

#[wasm_bindgen]
extern "C" {
    /// As if a person typed: the page hears of it, and the browser's own undo takes it back.
    #[wasm_bindgen(catch, js_namespace = document, js_name = execCommand)]
    fn exec_command(command: &str, shows_dialog: bool, text: &str) -> Result<bool, JsValue>;
}

/// Signs that are hard to reach, with their names.
const KEYS: [(&str, &str); 17] = [
    ("(", "Opening parenthesis"),
    (")", "Closing parenthesis"),
    ("=", "Equals sign"),
    ("\"", "Quote"),
    (".", "Full stop"),
    (":", "Colon"),
    ("_", "Underscore"),
    ("{", "Opening brace"),
    ("}", "Closing brace"),
    ("[", "Opening bracket"),
    ("]", "Closing bracket"),
    ("#", "Number sign"),
    ("~", "Tilde"),
    ("<", "Less than"),
    (">", "Greater than"),
    ("end", "The word end"),
    ("_home", "The word _home"),
];

/// Beyond this many lines, a text whose long lines go on below has no colours: which of its lines are seen is not known.
const MOST_WRAPPED: usize = 2000;

/// What a plain text area has beside its text.
#[component]
pub fn PlainAids(
    /// The text area.
    area: NodeRef<html::Textarea>,
) -> impl IntoView {
    let session = Session::expect();
    let (program, looks) = (session.program, session.looks);
    let back = NodeRef::<html::Pre>::new();
    let draw = move || {
        if let (Some(area), Some(back)) = (area.try_get_untracked().flatten(), back.try_get_untracked().flatten()) {
            draw_back(session, &area, &back);
        }
    };
    // What a person types is an input, and a change of the file as well.
    let is_due = StoredValue::new(false);
    let draw_soon = move || {
        if !is_due.try_update_value(|is_due| std::mem::replace(is_due, true)).unwrap_or(true) {
            request_animation_frame(move || {
                is_due.try_set_value(false);
                draw();
            });
        }
    };
    Effect::new(move || {
        session.documents.shown().track();
        session.documents.files().track();
        session.state.error_mark().track();
        looks.track();
        back.track();
        // Once the text area has the text.
        draw_soon();
    });
    Effect::new(move |listening: Option<Vec<_>>| {
        drop(listening);
        let Some(area) = area.get() else { return Vec::new() };
        let on_key = {
            let area = area.clone();
            move |event: ev::KeyboardEvent| on_key(session, &area, &event)
        };
        let area: &web_sys::Element = &area;
        vec![
            area.clone().on(ev::input, move |_| draw_soon()),
            area.clone().on(ev::scroll, move |_| draw_soon()),
            area.clone().on(ev::keydown, on_key),
        ]
    });
    let resized = window_event_listener(ev::resize, move |_| draw_soon());
    on_cleanup(move || resized.remove());
    Effect::new(move || {
        if let (Some((line, columns)), Some(area)) = (program.wanted.get(), area.get()) {
            program.wanted.set(None);
            // Once the text area has the text of the file.
            request_animation_frame(move || reveal(&area, line, columns));
        }
    });
    let step = move || " ".repeat(looks.get_untracked().tab_width as usize);
    view! {
        <pre node_ref=back class="plain-back" aria-hidden="true"></pre>
        <PlainError/>
        <div class="plain-keys" role="group" aria-label="Signs">
            <Key area name="Indent" sign=Signal::derive(step) word="⇥"/>
            {KEYS.map(|(sign, name)| view! { <Key area name sign=Signal::stored(sign.to_owned()) word=sign/> }).collect_view()}
        </div>
    }
}

/// Types a sign at the cursor.
#[component]
fn Key(area: NodeRef<html::Textarea>, name: &'static str, sign: Signal<String>, word: &'static str) -> impl IntoView {
    let on_click = move |_| {
        // Without the focus, nothing is typed.
        area.get_untracked().map(|area| area.focus().ok());
        type_text(&sign.get_untracked());
    };
    view! {
        <button
            type="button"
            class="plain-key"
            aria-label=name
            // The text area keeps the focus, and with it the keyboard of the screen.
            on:pointerdown=|event: ev::PointerEvent| event.prevent_default()
            on:mousedown=|event: ev::MouseEvent| event.prevent_default()
            on:click=on_click
        >
            {word}
        </button>
    }
}

/// The first line of the last error, which says where it is and leads there.
#[component]
fn PlainError() -> impl IntoView {
    let session = Session::expect();
    let mark = session.state.error_mark();
    move || {
        let mark = mark.get()?;
        let text = mark.message.lines().next().unwrap_or_default().to_owned();
        Some(view! {
            <button type="button" class="plain-error" on:click=move |_| session.reveal(&mark.location)>{text}</button>
        })
    }
}

/// Types a text at the cursor.
fn type_text(text: &str) {
    // Where the browser refuses, nothing is typed.
    exec_command("insertText", false, text).ok();
}

/// Replaces all of the text, as if a person typed, and puts the cursor there.
pub fn replace_text(area: &HtmlTextAreaElement, text: &str, cursor: u32) {
    area.focus().ok();
    area.select();
    type_text(text);
    area.set_selection_range(cursor, cursor).ok();
}

/// Tab indents, unless it is to leave; Enter indents the next line as far as it should be.
fn on_key(session: Session, area: &HtmlTextAreaElement, event: &ev::KeyboardEvent) {
    if area.read_only()
        || event.is_composing()
        || event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || event.shift_key()
    {
        return;
    }
    let looks = session.looks.get_untracked();
    let step = " ".repeat(looks.tab_width as usize);
    match event.key().as_str() {
        "Tab" if !looks.tab_leaves => {
            event.prevent_default();
            type_text(&step);
        }
        "Enter" => {
            let line = line_before_cursor(area);
            event.prevent_default();
            type_text(&["\n", &next_indentation(&line, &step)].concat());
        }
        _ => {}
    }
}

/// Selects these columns of a line, both counted from 1, and scrolls there.
fn reveal(area: &HtmlTextAreaElement, line: u32, columns: Range<u32>) {
    let text = area.value();
    let before: u32 = text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(utf16_length).sum();
    let at = |column: u32| before + column.saturating_sub(1);
    area.focus().ok();
    area.set_selection_range(at(columns.start), at(columns.end)).ok();
    let top = f64::from(line.saturating_sub(1)) * line_height(area);
    area.set_scroll_top((top - f64::from(area.client_height()) / 2.0).max(0.0) as i32);
}

fn utf16_length(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// The height of a line, in pixels.
fn line_height(area: &HtmlTextAreaElement) -> f64 {
    let style = window().get_computed_style(area).ok().flatten();
    let height = style.and_then(|style| style.get_property_value("line-height").ok());
    height.and_then(|height| height.trim_end_matches("px").parse().ok()).unwrap_or(20.0)
}

/// What stands before the cursor in its line.
fn line_before_cursor(area: &HtmlTextAreaElement) -> String {
    let at = area.selection_start().ok().flatten().unwrap_or(0);
    let before = String::from(js_sys::JsString::from(area.value()).slice(0, at));
    before.rsplit('\n').next().unwrap_or_default().to_owned()
}

/// Draws what is behind the text area: those of its lines that are seen.
fn draw_back(session: Session, area: &HtmlTextAreaElement, back: &HtmlPreElement) {
    let height = line_height(area);
    let (text, top) = (area.value(), f64::from(area.scroll_top()));
    let wraps = session.looks.get_untracked().wraps;
    let (first, last) = if wraps {
        let count = text.matches('\n').count() + 1;
        (0, if count > MOST_WRAPPED { 0 } else { count })
    } else {
        let first = (top / height).floor();
        (first as usize, (first + f64::from(area.client_height()) / height) as usize + 2)
    };
    let (is_lua, error) = session.documents.files().with_untracked(|files| {
        let shown = files.shown_path();
        let line = session.state.error_mark().with_untracked(|mark| {
            mark.as_ref().filter(|mark| Some(&mark.location.path) == shown).map(|mark| mark.location.line)
        });
        (shown.is_some_and(is_lua), line)
    });
    back.set_inner_html(&to_html(&text, first..last, is_lua, error));
    let is_drawn = last > 0;
    area.class_list().toggle_with_force("has-back", is_drawn).ok();
    let style = web_sys::HtmlElement::style(back);
    style.set_property("width", &format!("{}px", area.client_width())).ok();
    let (left, top) = (-area.scroll_left(), first as f64 * height - top);
    style.set_property("transform", &format!("translate({left}px, {top}px)")).ok();
}
