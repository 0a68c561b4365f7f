//! The pane below the tree: the snapshots, or what goes into programs and comes out of them.

use leptos::prelude::*;

use super::{in_out::InOut, snapshots::Snapshots, tab_list::TabList};
use crate::session::{Pane, Session};

const TABS: [(Pane, &str); 2] = [(Pane::Snapshots, "Snapshots"), (Pane::InOut, "In / Out")];

/// The two panes, of which a wide screen shows one.
#[component]
pub fn SidePanes() -> impl IntoView {
    let shown = Session::expect().shown_side;
    view! {
        <div class="side-panes" class:shows-in-out=move || shown.get() == Pane::InOut>
            <TabList name="Below the tree" class="side-tabs" tab_class="side-tab" tabs=TABS chosen=shown/>
            <Snapshots/>
            <InOut/>
        </div>
    }
}
