//! The pane below the tree: the snapshots, or what goes into programs and comes out of them.

use leptos::prelude::*;

use super::{in_out::InOut, snapshots::Snapshots};
use crate::session::{Pane, Session};

const TABS: [(Pane, &str); 2] = [(Pane::Snapshots, "Snapshots"), (Pane::InOut, "In / Out")];

/// The two panes, of which a wide screen shows one.
#[component]
pub fn SidePanes() -> impl IntoView {
    let shown = Session::expect().shown_side;
    view! {
        <div class="side-panes" class:shows-in-out=move || shown.get() == Pane::InOut>
            <SideTabs shown/>
            <Snapshots/>
            <InOut/>
        </div>
    }
}

#[component]
fn SideTabs(shown: RwSignal<Pane>) -> impl IntoView {
    let tab = move |(pane, name): (Pane, &'static str)| {
        view! {
            <button
                type="button"
                class="side-tab"
                aria-pressed=move || (shown.get() == pane).to_string()
                on:click=move |_| shown.set(pane)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="side-tabs" role="group" aria-label="Below the tree">
            {TABS.map(tab).collect_view()}
        </div>
    }
}
