//! The line at the bottom of the console that runs what is typed there.

use leptos::{ev, html, prelude::*};

use super::pane::on_focus_wish;
use crate::{
    preferences::Preference,
    prompt_history::PromptHistory,
    session::{Pane, Session},
};

/// The line that runs what is typed there.
#[component]
pub fn Prompt() -> impl IntoView {
    let session = Session::expect();
    let input = NodeRef::<html::Input>::new();
    let line = RwSignal::new(String::new());
    let history = StoredValue::new(PromptHistory::of_lines(Preference::History.load().unwrap_or_default()));
    on_focus_wish(session, Pane::Console, move || focus(input));
    let submit = move || {
        let text = line.get_untracked();
        if text.trim().is_empty() || session.state.is_running().get_untracked() {
            return;
        }
        history.update_value(|history| history.push(&text));
        history.with_value(|history| Preference::History.save(&history.lines()));
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
            "ArrowUp" => walk(|history, current| history.older(current)),
            "ArrowDown" => walk(|history, _| history.newer()),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="console-prompt">
            <label for="console-input" aria-hidden="true">">"</label>
            <input
                node_ref=input
                id="console-input"
                class="console-input"
                type="text"
                aria-label="Console input"
                placeholder="Lua, run with Enter"
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
