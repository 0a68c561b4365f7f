//! Listens to the keys of the page, and turns them into commands.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{listen_first, takes_text};
use crate::{
    commands::{Chord, KeyPress, Scope},
    session::Session,
};

/// Listens as long as the page lives.
pub fn listen_for_shortcuts(session: Session) {
    listen_first("keydown", move |event: ev::KeyboardEvent| {
        if session.dialogs.current().with_untracked(Option::is_some) {
            return;
        }
        let Some(chord) = chord(&event) else { return };
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if chord.is_single_key() && target.as_ref().is_some_and(takes_text) {
            return;
        }
        let is_at_files = || {
            target.is_some_and(|element| element.closest(".file-tabs, [data-pane=files]").is_ok_and(|it| it.is_some()))
        };
        let command = session.keys.map().with_untracked(|keymap| {
            let at_files = || keymap.command(&chord, Scope::Files).filter(|_| is_at_files());
            keymap.command(&chord, Scope::Page).or_else(at_files)
        });
        if let Some(command) = command.filter(|command| !session.is_embedded() || command.is_for_programs()) {
            event.prevent_default();
            event.stop_propagation();
            if untrack(|| command.is_enabled(session)) {
                command.act(session);
            }
        }
    });
}

/// The keys that are pressed together. `None` for a modifier alone, and while an input method composes text.
pub fn chord(event: &ev::KeyboardEvent) -> Option<Chord> {
    if event.is_composing() {
        return None;
    }
    Chord::of(&KeyPress {
        key: event.key(),
        code: event.code(),
        has_ctrl: event.ctrl_key(),
        has_meta: event.meta_key(),
        has_alt: event.alt_key(),
        has_shift: event.shift_key(),
    })
}
