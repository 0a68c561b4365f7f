//! The pane with what programs wrote and returned, and how they failed.

use leptos::{html, prelude::*};

use super::{console_entry::ConsoleEntry, pane::PaneFrame, prompt::Prompt};
use crate::{
    console_filter::ConsoleFilter,
    formats,
    session::{Pane, Session},
};

/// So near to its end, in pixels, a log counts as being at it.
const END_MARGIN: i32 = 24;

/// The pane with what programs wrote.
#[component]
pub fn Console() -> impl IntoView {
    let session = Session::expect();
    let log = NodeRef::<html::Div>::new();
    let head = view! {
        <h2 class="pane-title">"Console"</h2>
        {move || session.later.views().map(|views| (views.console_tools)(log))}
    };
    view! {
        <PaneFrame pane=Pane::Console head=head.into_any()>
            <Log log/>
            <Prompt/>
        </PaneFrame>
    }
}

#[component]
fn Log(log: NodeRef<html::Div>) -> impl IntoView {
    let session = Session::expect();
    let (console, view) = (session.state.console(), session.console);
    let filter = Signal::derive(move || view.filter());
    let is_at_end = StoredValue::new(true);
    let dropped = Memo::new(move |_| console.with(|console| console.dropped_lines()));
    Effect::new(move || {
        console.track();
        view.wanted();
        if is_at_end.get_value() {
            request_animation_frame(move || scroll_to_end(log));
        }
    });
    let on_scroll = move |_| {
        if let Some(log) = log.get_untracked() {
            is_at_end.set_value(log.scroll_height() - log.scroll_top() - log.client_height() < END_MARGIN);
        }
    };
    let found = StoredValue::new(ConsoleFilter::default());
    let entries = move || {
        let shown = |found: &mut ConsoleFilter| console.with(|console| found.shown(console, &view.wanted()));
        found.try_update_value(shown).unwrap_or_default()
    };
    view! {
        <div
            node_ref=log
            class="console-log"
            class:is-unwrapped=move || !view.wraps().get()
            role="log"
            aria-label="Console"
            tabindex="0"
            on:scroll=on_scroll
        >
            <Show when=move || { dropped.get() > 0 }>
                <p class="console-dropped">{move || formats::counted(dropped.get(), "earlier line")} " left out"</p>
            </Show>
            <For each=entries key=|id| *id let:id>
                <ConsoleEntry id console filter/>
            </For>
        </div>
    }
}

fn scroll_to_end(log: NodeRef<html::Div>) {
    if let Some(log) = log.get_untracked() {
        log.set_scroll_top(log.scroll_height());
    }
}
