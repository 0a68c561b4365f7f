//! The top of the page: the one primary action, and the quieter ones.

use leptos::{html, prelude::*};

use super::{
    command_button::CommandButton,
    icon::Icon,
    menu::{Menu, MenuItem},
    workspace_menu::WorkspaceMenu,
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
                <WorkspaceMenu/>
            </div>
            <Actions/>
            <div class="toolbar-settings">
                <CommandButton id=CommandId::ShowCommands class="button" label="Commands"/>
                <ViewMenu/>
                <ThemeMenu/>
                <CommandButton id=CommandId::ShowSettings class="button" label="Settings"/>
                <CommandButton id=CommandId::ShowKeys class="button toolbar-keys" label="Keyboard shortcuts"/>
                <CommandButton id=CommandId::OpenGuide class="button" label="Guide"/>
            </div>
        </header>
    }
}

#[component]
fn Actions() -> impl IntoView {
    view! {
        <div class="toolbar-actions">
            <RunButtons/>
            <CommandButton id=CommandId::SaveSnapshot class="button" word="Save snapshot"/>
        </div>
    }
}

/// Run and Stop.
#[component]
pub fn RunButtons() -> impl IntoView {
    let is_running = Session::expect().state.is_running();
    let (run, stop) = (NodeRef::new(), NodeRef::new());
    keep_focus(is_running, run, stop);
    view! {
        <CommandButton id=CommandId::Run class="button is-primary toolbar-run" node_ref=run word="Run"/>
        <CommandButton id=CommandId::Stop class="button is-outlined toolbar-stop" node_ref=stop word="Stop"/>
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
    view! { <div class="toolbar-view"><Menu name="View" icon=Icon::Columns class="button is-icon" items/></div> }
}

#[component]
fn ThemeMenu() -> impl IntoView {
    let theme = Session::expect().theme;
    let icon = Signal::derive(move || icon_of(theme.chosen().get()));
    let item = move |choice: Theme| {
        let is_chosen = theme.chosen().get_untracked() == choice;
        MenuItem::new(choice.name(), move || theme.choose(choice)).with_icon(icon_of(choice)).chosen_if(is_chosen)
    };
    view! { <Menu name="Theme" icon class="button is-icon" items=move |()| Theme::ALL.map(item).to_vec()/> }
}

fn icon_of(theme: Theme) -> Icon {
    match theme {
        Theme::System => Icon::DeviceDesktop,
        Theme::Light => Icon::Sun,
        Theme::Dark => Icon::Moon,
    }
}
