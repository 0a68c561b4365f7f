//! Arranges the panes and provides the session.

use leptos::{ev, prelude::*};

use crate::{
    components::{
        banner::Banners, console::Console, dialog_host::DialogHost, editor::EditorPane, import_button::DropTarget,
        inspector::Inspector, layout::Workbench, pane_tabs::PaneTabs, shortcuts::listen_for_shortcuts,
        side_tabs::SidePanes, status_bar::StatusBar, toolbar::Toolbar,
    },
    preferences,
    session::Session,
    theme::ThemeChoice,
};

/// Writes what waits to be written when the page is left, or only put aside: a phone may end it then.
fn write_when_left() {
    window_event_listener(ev::pagehide, |_| preferences::flush());
    window_event_listener(ev::visibilitychange, |_| preferences::flush());
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::start();
    let theme = ThemeChoice::restore();
    provide_context(session);
    listen_for_shortcuts(session);
    write_when_left();
    view! {
        <div class="app">
            <Toolbar theme/>
            <Banners/>
            <Workbench
                main=move || view! { <EditorPane is_dark=theme.is_dark()/> }
                main_lower=|| view! { <Console/> }
                side=|| view! { <Inspector/> }
                side_lower=|| view! { <SidePanes/> }
            />
            <StatusBar/>
            <PaneTabs shown=session.shown_pane/>
        </div>
        <DropTarget/>
        <DialogHost dialogs=session.dialogs/>
    }
}
