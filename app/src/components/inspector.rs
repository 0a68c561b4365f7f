//! The pane with the tree of `_home`, or of something else that is inspected for a while.

use leptos::{ev, prelude::*};

use super::{
    focus_first,
    pane::{PaneFrame, on_focus_request},
};
use crate::{
    session::{Pane, Session},
    tree::TreeModel,
    viewer::View,
};

/// The pane with a tree of values.
#[component]
pub fn Inspector() -> impl IntoView {
    let session = Session::expect();
    // Here, so that what is open in `_home` stays open while something else is shown.
    let home = RwSignal::new(TreeModel::default());
    let (view, later) = (session.viewer.current(), session.later);
    on_focus_request(session, Pane::Inspector, focus_content);
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && view.with_untracked(|view| *view != View::Home) {
            event.prevent_default();
            session.close_view();
        }
    };
    view! {
        <div class="inspector" on:keydown=on_key>
            {move || match later.views() {
                Some(views) => (views.inspected)(view.get(), home),
                None => view! { <PaneFrame pane=Pane::Inspector>{later.awaited()}</PaneFrame> }.into_any(),
            }}
        </div>
    }
}

/// Goes back to the tree of `_home`, as Escape does.
#[component]
pub fn BackToHome() -> impl IntoView {
    let session = Session::expect();
    view! {
        <button type="button" class="button is-small inspector-close" on:click=move |_| session.close_view()>
            "Back to _home"
        </button>
    }
}

fn focus_content() {
    focus_first(".inspector [role=treeitem][tabindex='0'], .inspector .inspector-close, .inspector .empty button");
}
