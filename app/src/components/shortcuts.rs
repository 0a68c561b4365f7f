//! The keys that work everywhere on the page.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    session::{Pane, Session},
    state::StateEvent,
};

/// All keys, as the dialog lists them.
pub const SHORTCUTS: [(&str, &str); 16] = [
    ("Ctrl/Cmd + Enter", "Run the program"),
    ("Ctrl/Cmd + .", "Stop it"),
    ("Ctrl/Cmd + S", "Save a snapshot"),
    ("Ctrl/Cmd + L", "Clear the console"),
    ("Alt + Z", "Undo the last run: _home as it was before"),
    ("Alt + Shift + Z", "Redo the run"),
    ("Alt + 1", "Go to the editor"),
    ("Alt + 2", "Go to the console's prompt"),
    ("Alt + 3", "Go to _home"),
    ("Alt + 4", "Go to the snapshots"),
    ("Alt + 5", "Go to the input"),
    ("Arrows, Enter", "Walk a tree, show a function's source"),
    ("R", "In a snapshot's tree: restore this value alone"),
    ("Escape", "Close a snapshot or comparison"),
    ("Ctrl + M", "In the editor: let Tab leave it"),
    ("?", "Show these keys"),
];

enum Action {
    Run,
    Stop,
    Save,
    Clear,
    Undo,
    Redo,
    Focus(Pane),
    ShowShortcuts,
}

/// Listens as long as the page lives.
pub fn listen_for_shortcuts(session: Session) {
    window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || session.dialogs.current().with_untracked(Option::is_some) {
            return;
        }
        let Some(action) = action(&event) else { return };
        event.prevent_default();
        match action {
            Action::Run => session.run_program(),
            Action::Stop => session.stop(),
            Action::Save => session.focus(Pane::Snapshots),
            Action::Clear => session.state.apply(StateEvent::ConsoleCleared),
            Action::Undo => session.undo_run(),
            Action::Redo => session.redo_run(),
            Action::Focus(pane) => session.focus(pane),
            Action::ShowShortcuts => session.dialogs.show_shortcuts(),
        }
    });
}

fn action(event: &ev::KeyboardEvent) -> Option<Action> {
    let has_command = event.ctrl_key() || event.meta_key();
    // By place on the keyboard: with Alt, a Mac types other characters there.
    if event.alt_key() && !has_command {
        return match event.code().as_str() {
            "Digit1" => Some(Action::Focus(Pane::Editor)),
            "Digit2" => Some(Action::Focus(Pane::Console)),
            "Digit3" => Some(Action::Focus(Pane::Inspector)),
            "Digit4" => Some(Action::Focus(Pane::Snapshots)),
            "Digit5" => Some(Action::Focus(Pane::InOut)),
            _ if letter(event) != 'z' => None,
            _ if event.shift_key() => Some(Action::Redo),
            _ => Some(Action::Undo),
        };
    }
    match (event.key().as_str(), has_command && !event.shift_key() && !event.alt_key()) {
        ("Enter", true) => Some(Action::Run),
        (".", true) => Some(Action::Stop),
        ("s" | "S", true) => Some(Action::Save),
        ("l" | "L", true) if !is_in_editor(event) => Some(Action::Clear),
        ("?", false) if !has_command && !takes_text(event) => Some(Action::ShowShortcuts),
        _ => None,
    }
}

/// The letter of a key; where Alt makes it type something else, by its place on the keyboard.
fn letter(event: &ev::KeyboardEvent) -> char {
    let (key, code) = (event.key(), event.code());
    let mut typed = key.chars();
    match (typed.next(), typed.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => letter.to_ascii_lowercase(),
        _ => code.strip_prefix("Key").and_then(|letter| letter.chars().next()).unwrap_or(' ').to_ascii_lowercase(),
    }
}

fn target(event: &ev::KeyboardEvent) -> Option<web_sys::Element> {
    event.target()?.dyn_into().ok()
}

/// There, this key selects lines.
fn is_in_editor(event: &ev::KeyboardEvent) -> bool {
    target(event).is_some_and(|element| element.closest(".editor").ok().flatten().is_some())
}

fn takes_text(event: &ev::KeyboardEvent) -> bool {
    target(event).is_some_and(|element| element.matches("input, textarea, select, [contenteditable]").unwrap_or(false))
}
