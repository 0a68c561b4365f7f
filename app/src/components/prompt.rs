//! The line at the bottom of the console that runs what is typed there.

use leptos::{ev, html, prelude::*};

use super::pane::on_focus_wish;
use crate::{
    preferences::Preference,
    prompt_history::PromptHistory,
    session::{Pane, Session},
};

const WAITING: &str = "The program waits for a line: Enter gives it, Ctrl+D ends the input";

/// The line that runs what is typed there, or gives it to the program that waits for it.
#[component]
pub fn Prompt() -> impl IntoView {
    let session = Session::expect();
    let input = NodeRef::<html::Input>::new();
    let line = RwSignal::new(String::new());
    let history = StoredValue::new(PromptHistory::of_lines(Preference::History.load().unwrap_or_default()));
    on_focus_wish(session, Pane::Console, move || focus(input));
    let awaits_input = session.state.awaits_input();
    Effect::new(move || {
        if awaits_input.get() {
            focus(input);
        }
    });
    let submit = move || {
        let text = line.get_untracked();
        if awaits_input.get_untracked() {
            line.set(String::new());
            return session.answer_input(Some(text));
        }
        if text.trim().is_empty() || session.state.is_running().get_untracked() {
            return;
        }
        history.update_value(|history| {
            // Other tabs add to it as well.
            if let Some(lines) = Preference::History.load() {
                history.adopt(lines);
            }
            history.push(&text);
            Preference::History.save(&history.lines());
        });
        line.set(String::new());
        session.run_line(text);
    };
    let walk = move |step: fn(&mut PromptHistory, &str) -> Option<String>| {
        let found = history.try_update_value(|history| step(history, &line.read_untracked())).flatten();
        if let Some(text) = found {
            line.set(text);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "Enter" if !event.ctrl_key() && !event.meta_key() && !event.is_composing() => submit(),
            "d" if event.ctrl_key() && awaits_input.get_untracked() => session.answer_input(None),
            "ArrowUp" => walk(|history, current| history.older(current)),
            "ArrowDown" => walk(|history, _| history.newer()),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="console-prompt" class:awaits-input=awaits_input>
            <label for="console-input" aria-hidden="true">{move || if awaits_input.get() { "?" } else { ">" }}</label>
            <input
                node_ref=input
                id="console-input"
                class="console-input"
                type="text"
                aria-label="Console input"
                placeholder=move || if awaits_input.get() { WAITING } else { "Lua, run with Enter" }
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                bind:value=line
                on:keydown=on_key
            />
        </div>
    }
}

fn focus(input: NodeRef<html::Input>) {
    if let Some(input) = input.get_untracked() {
        input.focus().ok();
    }
}
