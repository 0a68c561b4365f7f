//! The top of the page: the one primary action, and the quieter ones.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

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

/// A run that ends sooner shows no Stop, so that the button does not flicker.
const STOP_DELAY: Duration = Duration::from_millis(150);

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
            <RunButton/>
            <CommandButton id=CommandId::SaveSnapshot class="button" word="Save snapshot"/>
        </div>
    }
}

/// The button that runs the program, and becomes the one that stops it.
#[component]
pub fn RunButton() -> impl IntoView {
    let session = Session::expect();
    let is_long = lasts(session.state.is_running(), STOP_DELAY);
    let id = Signal::derive(move || if is_long.get() { CommandId::Stop } else { CommandId::Run });
    let word = Signal::derive(move || if is_long.get() { "Stop" } else { "Run" });
    // Never disabled: it would lose the focus. Pressed before it becomes the other, it does nothing.
    view! {
        <div class="toolbar-run" class:is-stop=is_long>
            <CommandButton id class="button is-primary" word is_always_enabled=true/>
        </div>
    }
}

/// Whether something is so, and has been for this long.
fn lasts(is_so: Signal<bool>, delay: Duration) -> Signal<bool> {
    let is_late = RwSignal::new(false);
    Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
        if let Some(Some(waiting)) = waiting {
            waiting.clear();
        }
        is_late.set(false);
        let is_so = is_so.get();
        is_so.then(|| set_timeout_with_handle(move || is_late.set(true), delay).ok()).flatten()
    });
    Signal::derive(move || is_so.get() && is_late.get())
}

/// Which panes are open.
#[component]
fn ViewMenu() -> impl IntoView {
    let session = Session::expect();
    let items = move |()| {
        let others = [CommandId::ToggleStrip, CommandId::ResetLayout];
        let commands = Pane::ALL.map(CommandId::Toggle).into_iter().chain(others);
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
