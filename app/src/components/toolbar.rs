//! The top of the page: the one primary action, and the quieter ones.

use leptos::{html, prelude::*};

use crate::{
    places::PROGRAM_NAME,
    session::{Pane, Session},
    theme::{Theme, ThemeChoice},
};

/// The top of the page.
#[component]
pub fn Toolbar(
    /// The theme to choose.
    theme: ThemeChoice,
) -> impl IntoView {
    let session = Session::expect();
    view! {
        <header class="toolbar">
            <div class="identity">
                <h1 class="brand">"cu"</h1>
                <p class="file-name">{PROGRAM_NAME}</p>
            </div>
            <Actions/>
            <div class="settings">
                <ThemeMenu theme/>
                <button type="button" class="button" on:click=move |_| session.dialogs.show_settings()>"Settings"</button>
                <button
                    type="button"
                    class="button keys"
                    aria-label="Keyboard shortcuts"
                    title="Keyboard shortcuts"
                    on:click=move |_| session.dialogs.show_shortcuts()
                >
                    "?"
                </button>
            </div>
        </header>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let session = Session::expect();
    let is_running = session.state.is_running();
    let (run, stop) = (NodeRef::new(), NodeRef::new());
    keep_focus(is_running, run, stop);
    view! {
        <div class="actions">
            <button
                node_ref=run
                type="button"
                class="button is-primary run"
                aria-keyshortcuts="Control+Enter Meta+Enter"
                disabled=is_running
                on:click=move |_| session.run_program()
            >
                "Run"
                <kbd class="shortcut" aria-hidden="true">{run_keys()}</kbd>
            </button>
            <button
                node_ref=stop
                type="button"
                class="button is-outlined stop"
                aria-keyshortcuts="Control+. Meta+."
                disabled=move || !is_running.get()
                on:click=move |_| session.stop()
            >
                "Stop"
            </button>
            <button
                type="button"
                class="button"
                aria-keyshortcuts="Control+S Meta+S"
                on:click=move |_| session.focus(Pane::Snapshots)
            >
                "Save snapshot"
            </button>
        </div>
    }
}

/// Hands the focus from the one button to the other, whichever is enabled.
fn keep_focus(is_running: Signal<bool>, run: NodeRef<html::Button>, stop: NodeRef<html::Button>) {
    Effect::new(move || {
        is_running.track();
        // A focused button that is disabled loses the focus only after the next frame.
        request_animation_frame(move || {
            let (Some(run), Some(stop)) = (run.get_untracked(), stop.get_untracked()) else { return };
            let (disabled, enabled) = if is_running.get_untracked() { (run, stop) } else { (stop, run) };
            if document().active_element().is_some_and(|focused| disabled.is_same_node(Some(&focused))) {
                enabled.focus().ok();
            }
        });
    });
}

#[component]
fn ThemeMenu(theme: ThemeChoice) -> impl IntoView {
    let chosen = theme.chosen();
    let option = move |choice: Theme| {
        view! { <option value=choice.name() selected=move || chosen.get() == choice>{choice.name()}</option> }
    };
    let on_change = move |event| {
        let name = event_target_value(&event);
        if let Some(choice) = Theme::ALL.into_iter().find(|choice| choice.name() == name) {
            theme.choose(choice);
        }
    };
    view! {
        <select class="theme-choice" aria-label="Theme" title="Theme" on:change=on_change>
            {Theme::ALL.map(option).collect_view()}
        </select>
    }
}

/// The keys that run the program, as this computer writes them.
fn run_keys() -> &'static str {
    let is_mac = window().navigator().user_agent().is_ok_and(|agent| agent.contains("Mac"));
    if is_mac { "⌘↩" } else { "Ctrl+Enter" }
}
