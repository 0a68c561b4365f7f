//! The top of the page: the one primary action, and the quieter ones.

use leptos::{html, prelude::*};

use super::command_button::CommandButton;
use crate::{
    commands::CommandId,
    session::Session,
    theme::{Theme, ThemeChoice},
};

/// The top of the page.
#[component]
pub fn Toolbar(
    /// The theme to choose.
    theme: ThemeChoice,
) -> impl IntoView {
    let program = Session::expect().program;
    view! {
        <header class="toolbar">
            <div class="identity">
                <h1 class="brand">"cu"</h1>
                <p class="file-name">{program.path().to_string()}</p>
            </div>
            <Actions/>
            <div class="settings">
                <ThemeMenu theme/>
                <CommandButton id=CommandId::ShowSettings class="button">"Settings"</CommandButton>
                <CommandButton id=CommandId::ShowKeys class="button keys" label="Keyboard shortcuts">"?"</CommandButton>
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
            <CommandButton id=CommandId::Run class="button is-primary run" node_ref=run>
                "Run"
                <kbd class="shortcut" aria-hidden="true">{move || session.keys.label(CommandId::Run)}</kbd>
            </CommandButton>
            <CommandButton id=CommandId::Stop class="button is-outlined stop" node_ref=stop>"Stop"</CommandButton>
            <CommandButton id=CommandId::SaveSnapshot class="button">"Save snapshot"</CommandButton>
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
