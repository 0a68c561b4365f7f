//! The frame of a pane: a region with a name, shown or not on a small screen.

use leptos::prelude::*;

use super::tab_list::panel_id;
use crate::session::{Pane, Session};

/// A pane of the page.
#[component]
pub fn PaneFrame(
    /// Which one.
    pane: Pane,
    /// Its name for assistive technology.
    name: &'static str,
    /// Its class.
    class: &'static str,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let shown = Session::expect().shown_pane;
    view! {
        <section
            class=format!("pane {class}")
            class:is-shown=move || shown.get() == pane
            data-pane=pane.name()
            aria-label=name
        >
            <div id=panel_id(pane) class="pane-panel" role="tabpanel" aria-label=name>
                {children()}
            </div>
        </section>
    }
}

/// Calls `take_focus` whenever this pane is wished to have the focus.
pub fn on_focus_wish(session: Session, pane: Pane, take_focus: impl Fn() + 'static) {
    Effect::new(move || {
        if session.focus_wish.get() == Some(pane) {
            session.focus_wish.set(None);
            take_focus();
        }
    });
}
