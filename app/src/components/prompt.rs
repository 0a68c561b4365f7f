//! The text at the bottom of the console: it is run, or given to the program that waits for a line.

use leptos::{ev, html, prelude::*};

use super::{pane::on_focus_request, takes_text};
use crate::{
    preferences::Preference,
    prompt_history::PromptHistory,
    prompt_text::{LinesAhead, continued, is_in_first_line, is_in_last_line, restored},
    session::{Pane, Session},
    state::StateEvent,
};

const WAITING: &str = "The program waits for a line: Enter gives it, Ctrl+D ends the input";

/// The most lines that the prompt shows at once.
const MAX_ROWS: usize = 8;

/// What the prompt holds; copies are the same.
#[derive(Clone, Copy)]
pub struct Draft {
    session: Session,
    /// Where it is typed.
    pub input: NodeRef<html::Textarea>,
    /// What is typed.
    pub text: RwSignal<String>,
    history: StoredValue<PromptHistory>,
    /// What was being typed when a program first waited for a line, which is something else. Until the run ends.
    put_aside: StoredValue<Option<String>>,
    ahead: StoredValue<LinesAhead>,
}

impl Draft {
    fn new(session: Session) -> Self {
        let history = PromptHistory::of_lines(Preference::History.load().unwrap_or_default());
        let draft = Draft {
            session,
            input: NodeRef::new(),
            text: RwSignal::new(String::new()),
            history: StoredValue::new(history),
            put_aside: StoredValue::new(None),
            ahead: StoredValue::new(LinesAhead::default()),
        };
        draft.follow_state();
        draft
    }

    fn follow_state(self) {
        let state = self.session.state;
        on_focus_request(self.session, Pane::Console, move || self.focus());
        Effect::watch(move || state.awaits_input().get(), move |awaits, _, _| self.input_awaited(*awaits), false);
        Effect::new(move || {
            if !state.is_running().get() {
                self.run_ended();
            }
        });
        Effect::new(move || {
            if let Some(beginning) = state.unfinished().get() {
                state.apply(StateEvent::UnfinishedTaken);
                self.history.update_value(|history| history.take_back(&beginning));
                self.text.update(|text| *text = continued(&beginning, text));
            }
        });
    }

    fn run_ended(self) {
        self.ahead.update_value(LinesAhead::clear);
        if let Some(text) = self.put_aside.try_update_value(Option::take).flatten() {
            self.text.update(|typed_since| *typed_since = restored(&text, typed_since));
        }
    }

    fn input_awaited(self, awaits: bool) {
        if !awaits {
            return;
        }
        // What is typed after the first line was given is meant for the program, though it may not wait again yet.
        if !self.is_read_by_program() {
            self.put_aside.set_value(Some(self.text.get_untracked()));
            self.text.set(String::new());
        }
        if let Some(line) = self.ahead.try_update_value(LinesAhead::next_line).flatten() {
            self.session.answer_input(line);
            return;
        }
        if !is_typing_elsewhere() {
            self.session.focus(Pane::Console);
        } else if !untrack(|| self.session.is_open(Pane::Console)) {
            self.session.show_pane(Pane::Console);
        }
    }

    /// Whether the program under way has waited for a line: then what is typed is for it, though it may not wait now.
    fn is_read_by_program(self) -> bool {
        self.put_aside.with_value(Option::is_some)
    }

    /// Whether what is typed is for a program, and no Lua.
    pub fn is_for_program(self) -> bool {
        self.session.state.awaits_input().get_untracked() || self.is_read_by_program()
    }

    fn submit(self) {
        let text = self.text.get_untracked();
        if self.session.state.awaits_input().get_untracked() {
            let line = self.ahead.try_update_value(|ahead| ahead.split(&text)).unwrap_or_default();
            if self.session.answer_input(Some(line)) {
                self.text.set(String::new());
            } else {
                self.ahead.update_value(LinesAhead::clear);
            }
            return;
        }
        if self.is_read_by_program() {
            self.ahead.update_value(|ahead| ahead.push(&text));
            self.text.set(String::new());
            return;
        }
        if text.trim().is_empty() || self.session.state.is_running().get_untracked() {
            return;
        }
        self.history.update_value(|history| {
            // Other tabs add to it as well.
            if let Some(lines) = Preference::History.load() {
                history.adopt(lines);
            }
            history.push(&text);
            Preference::History.save(&history.lines());
        });
        self.text.set(String::new());
        self.session.run_line(text);
    }

    fn walk(self, step: fn(&mut PromptHistory, &str) -> Option<String>) {
        let found = self.history.try_update_value(|history| step(history, &self.text.read_untracked())).flatten();
        if let Some(text) = found {
            self.text.set(text);
        }
    }

    /// Whether the cursor is where this says, and nothing is selected.
    fn is_cursor(self, is_there: fn(&str, u32) -> bool) -> bool {
        let Some(input) = self.input.get_untracked() else { return false };
        let (start, end) = (input.selection_start().ok().flatten(), input.selection_end().ok().flatten());
        start == end && is_there(&self.text.read_untracked(), start.unwrap_or(0))
    }

    fn take_key(self, event: &ev::KeyboardEvent) {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        match event.key().as_str() {
            "Enter" if !has_modifier && !event.is_composing() => self.submit(),
            "d" if event.ctrl_key() && self.session.state.awaits_input().get_untracked() => {
                self.session.answer_input(None);
            }
            "d" if event.ctrl_key() && self.is_read_by_program() => self.ahead.update_value(LinesAhead::push_end),
            "ArrowUp" if !has_modifier && self.is_cursor(is_in_first_line) => {
                self.walk(|history, current| history.older(current));
            }
            "ArrowDown" if !has_modifier && self.is_cursor(is_in_last_line) => self.walk(|history, _| history.newer()),
            _ => return,
        }
        event.prevent_default();
    }

    fn focus(self) {
        if let Some(input) = self.input.get_untracked() {
            input.focus().ok();
        }
    }
}

/// The text that is run, or given to the program that waits for a line.
#[component]
pub fn Prompt() -> impl IntoView {
    let session = Session::expect();
    let draft = Draft::new(session);
    let (text, input) = (draft.text, draft.input);
    let awaits_input = session.state.awaits_input();
    // As Lua's own prompt does.
    let sign = move || match (awaits_input.get(), text.read().contains('\n')) {
        (true, _) => "?",
        (false, true) => ">>",
        (false, false) => ">",
    };
    let rows = move || (1 + text.read().matches('\n').count()).min(MAX_ROWS).to_string();
    view! {
        <div class="console-prompt" class:awaits-input=awaits_input>
            <label for="console-input" aria-hidden="true">{sign}</label>
            <textarea
                node_ref=input
                id="console-input"
                class="console-input"
                rows=rows
                aria-label="Console input"
                placeholder=move || if awaits_input.get() { WAITING } else { "Lua: Enter runs it, Shift+Enter begins a line" }
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                bind:value=text
                on:keydown=move |event| draft.take_key(&event)
            ></textarea>
            {move || session.later.views().map(|views| (views.prompt_list)(draft))}
            <span class="visually-hidden" aria-live="polite">
                {move || if awaits_input.get() { "The program waits for a line at the console." } else { "" }}
            </span>
        </div>
    }
}

/// Whether the person is typing in some other field, such as the editor.
fn is_typing_elsewhere() -> bool {
    let focused = document().active_element();
    focused.is_some_and(|element| element.id() != "console-input" && takes_text(&element))
}
