//! The search of the console, and what else can be done with it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use super::{
    command_button::CommandButton,
    filter_field::FilterField,
    menu::{Menu, MenuItem},
};
use crate::{
    commands::{CommandId, ConsoleCommand},
    formats,
    session::Session,
};

#[wasm_bindgen(module = "/js/hits.js")]
extern "C" {
    fn mark(element: &Element, text: &str) -> u32;
    fn show(element: &Element, index: u32);
}

/// The search of the console, and what else can be done with it.
#[component]
pub fn ConsoleTools(
    /// What is searched.
    log: NodeRef<html::Div>,
) -> impl IntoView {
    let session = Session::expect();
    // How often the next hit was asked for, less how often the one before was.
    let steps = RwSignal::new(0);
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            steps.update(|steps| *steps += if event.shift_key() { -1 } else { 1 });
        }
    };
    let items = move |()| {
        let commands =
            [ConsoleCommand::Wrap, ConsoleCommand::ShowComplaints, ConsoleCommand::KeepLines, ConsoleCommand::Save];
        commands.map(|command| MenuItem::of_command(CommandId::Console(command), session)).to_vec()
    };
    view! {
        <Hits log steps/>
        <span class="console-search" on:keydown=on_key>
            <FilterField name="Filter output" text=session.console.text/>
        </span>
        <CommandButton id=CommandId::Console(ConsoleCommand::Clear) class="button is-small" label="Clear console"/>
        <Menu name="More for the console" items/>
    }
}

/// The hits; pressing it, or Enter in the field, shows the next one.
#[component]
fn Hits(log: NodeRef<html::Div>, steps: RwSignal<i32>) -> impl IntoView {
    let session = Session::expect();
    let (count, shown) = (RwSignal::new(0_u32), RwSignal::new(None::<u32>));
    let console = session.state.console();
    Effect::new(move || {
        let text = session.console.text.get();
        // Without a search, what programs print is not looked at.
        if !text.is_empty() {
            console.track();
            session.console.wanted();
        }
        // Once the entries are on the page.
        request_animation_frame(move || {
            let Some(log) = log.try_get_untracked().flatten() else { return };
            let found = mark(&log, &text);
            count.try_set(found);
            if let Some(index) = shown.try_get_untracked().flatten().filter(|index| *index < found) {
                show(&log, index);
            }
        });
    });
    Effect::watch(move || session.console.text.get(), move |_, _, _| shown.set(None), false);
    Effect::watch(
        move || steps.get(),
        move |now, before, _| {
            let count = i64::from(count.get_untracked());
            if count == 0 {
                return;
            }
            let by = i64::from(now - before.unwrap_or(&0));
            let from = shown.get_untracked().map_or(if by > 0 { -1 } else { 0 }, i64::from);
            let index = (from + by).rem_euclid(count) as u32;
            shown.set(Some(index));
            if let Some(log) = log.get_untracked() {
                show(&log, index);
            }
        },
        false,
    );
    let label = move || match (shown.get(), count.get()) {
        (Some(index), count) if index < count => {
            [&(index + 1).to_string(), " of ", &formats::count(count.into())].concat()
        }
        (_, 0) => "no hits".to_owned(),
        (_, count) => formats::counted(count.into(), "hit"),
    };
    view! {
        <Show when=move || session.console.text.with(|text| !text.is_empty())>
            <button
                type="button"
                class="button is-small console-hits"
                title="Show the next hit (Enter in the field; Shift+Enter: the one before)"
                on:click=move |_| steps.update(|steps| *steps += 1)
            >
                {label}
            </button>
            <span class="visually-hidden" role="status">{label}</span>
        </Show>
    }
}
