//! The top of the page: the one primary action, and the quieter ones.

use leptos::{html, prelude::*};

use super::{
    command_button::CommandButton,
    menu::{Menu, MenuItem},
};
use crate::{
    commands::CommandId,
    session::{Pane, Session},
    theme::Theme,
};

/// The top of the page.
#[component]
pub fn Toolbar() -> impl IntoView {
    view! {
        <header class="toolbar">
            <div class="toolbar-identity">
                <h1 class="toolbar-brand">"cu"</h1>
            </div>
            <Actions/>
            <div class="toolbar-settings">
                <ViewMenu/>
                <ThemeMenu/>
                <CommandButton id=CommandId::ShowSettings class="button">"Settings"</CommandButton>
                <CommandButton id=CommandId::ShowKeys class="button toolbar-keys" label="Keyboard shortcuts">"?"</CommandButton>
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
        <div class="toolbar-actions">
            <CommandButton id=CommandId::Run class="button is-primary toolbar-run" node_ref=run>
                "Run"
                <kbd class="toolbar-shortcut" aria-hidden="true">{move || session.keys.label(CommandId::Run)}</kbd>
            </CommandButton>
            <CommandButton id=CommandId::Stop class="button is-outlined toolbar-stop" node_ref=stop>"Stop"</CommandButton>
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

/// Which panes are open.
#[component]
fn ViewMenu() -> impl IntoView {
    let session = Session::expect();
    let items = move |()| {
        let commands = Pane::ALL.map(CommandId::Toggle).into_iter().chain([CommandId::ResetLayout]);
        commands.map(|id| MenuItem::of_command(id, session)).collect::<Vec<_>>()
    };
    view! { <div class="toolbar-view"><Menu name="View" text="View" class="button" items/></div> }
}

#[component]
fn ThemeMenu() -> impl IntoView {
    let theme = Session::expect().theme;
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
        <select class="toolbar-theme" aria-label="Theme" on:change=on_change>
            {Theme::ALL.map(option).collect_view()}
        </select>
    }
}
