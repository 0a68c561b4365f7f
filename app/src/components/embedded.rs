//! All of an embedded page: the program and the console, and the way from there to the playground.

use leptos::prelude::*;

use super::{
    banner::Banners,
    console::Console,
    editor::EditorPane,
    icon::{Icon, icon},
    status_bar::RunStatus,
    toolbar::RunButton,
};
use crate::session::{Session, open_in_playground};

/// All of an embedded page.
#[component]
pub fn EmbeddedPage() -> impl IntoView {
    view! {
        <div class="embedded">
            <EmbeddedBar/>
            <div class="banners"><Banners/></div>
            <main class="embedded-panes">
                <EditorPane/>
                <Console/>
            </main>
        </div>
    }
}

/// What can be done with the program.
#[component]
pub fn EmbeddedBar() -> impl IntoView {
    let session = Session::expect();
    view! {
        <header class="embedded-bar">
            <h1 class="toolbar-brand">"cu"</h1>
            <RunButton/>
            <RunStatus/>
            <button type="button" class="button embedded-open" on:click=move |_| open_in_playground(session)>
                {icon(Icon::LinkExternal)}
                "Open in playground"
            </button>
        </header>
    }
}
