//! Arranges the panes and provides the session.

use leptos::prelude::*;

use crate::{
    components::{
        banner::Banners, console::Console, dialog_host::DialogHost, editor::EditorPane, import_button::DropTarget,
        inspector::Inspector, layout::Workbench, pane_tabs::PaneTabs, shortcuts::listen_for_shortcuts,
        side_tabs::SidePanes, status_bar::StatusBar, toolbar::Toolbar,
    },
    session::Session,
    theme::ThemeChoice,
};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::start();
    let theme = ThemeChoice::restore();
    provide_context(session);
    listen_for_shortcuts(session);
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
