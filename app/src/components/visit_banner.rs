//! The notice about a workspace that came with a link, until the person keeps it or throws it away.

use leptos::prelude::*;

use crate::{
    session::{Session, delete},
    workspaces::Stage,
};

/// The notice about a workspace that came with a link.
#[component]
pub fn VisitBanner() -> impl IntoView {
    let session = Session::expect();
    let workspaces = session.workspaces;
    let entry = workspaces.shown();
    let is_touched = move || workspaces.current().stage == Stage::Visited { is_touched: true };
    let text = move || if is_touched() { "It stays until you throw it away." } else { "Nothing of it has run." };
    let keep = move |_| workspaces.keep();
    let throw_away = move |_| {
        if is_touched() {
            let title = format!("Throw away “{}” with what you changed?", workspaces.shown().name);
            session.dialogs.confirm_deletion(title, "Throw away", move || delete(session, &workspaces.id()));
        } else {
            delete(session, &workspaces.id());
        }
    };
    // What the person does in it is worth keeping.
    Effect::new(move || {
        if session.state.is_running().get() || session.documents.is_edited().get() {
            workspaces.touch();
        }
    });
    view! {
        <div class="banner is-visit" role="status">
            <p class="banner-text">
                <strong>{format!("“{}” is not kept yet. ", entry.name)}</strong>
                "It is a workspace of its own, and nothing of yours was changed. "
                {text}
            </p>
            <button type="button" class="button" on:click=move |_| session.dialogs.show_brought()>"What it brings"</button>
            <button type="button" class="button is-outlined" on:click=throw_away>"Throw away"</button>
            <button type="button" class="button is-primary" on:click=keep>"Keep"</button>
        </div>
    }
}
