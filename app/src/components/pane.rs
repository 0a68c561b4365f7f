//! The frame of a pane: its head, with a button that closes it, and what is below.

use leptos::prelude::*;

use super::{
    icon::{Icon, icon},
    tab_list::panel_id,
};
use crate::session::{Pane, Session};

/// A pane of the page.
#[component]
pub fn PaneFrame(
    /// Which one.
    pane: Pane,
    /// What stands in its head beside the button that closes it, if not its title alone.
    #[prop(optional)]
    head: Option<AnyView>,
    /// What is below.
    children: Children,
) -> impl IntoView {
    let session = Session::expect();
    let texts = pane.texts();
    let is_front = move || session.layout().read().front() == pane;
    let is_chosen = move || session.layout().read().visible_panes().contains(&pane);
    view! {
        <section
            class="pane"
            class:is-front=is_front
            class:is-chosen=is_chosen
            data-pane=texts.name
            aria-label=texts.title
        >
            <div class="pane-head">
                {head.unwrap_or_else(|| view! { <h2 class="pane-title">{texts.title}</h2> }.into_any())}
                <button
                    type="button"
                    class="button is-small is-icon pane-close"
                    aria-label=texts.close
                    title=texts.close
                    hidden=move || !session.can_close(pane)
                    on:click=move |_| session.close_pane(pane)
                >
                    {icon(Icon::X)}
                </button>
            </div>
            <div id=panel_id(pane) class="pane-body" role="tabpanel" aria-label=texts.title>
                {children()}
            </div>
        </section>
    }
}

/// Calls `take_focus` whenever the focus is requested for this pane.
pub fn on_focus_request(session: Session, pane: Pane, take_focus: impl Fn() + 'static) {
    Effect::new(move || {
        if session.focus_request.get() == Some(pane) {
            session.focus_request.set(None);
            take_focus();
        }
    });
}
