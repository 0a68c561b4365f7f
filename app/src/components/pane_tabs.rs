//! On a small screen: which pane is shown.

use leptos::prelude::*;

use super::tab_list::TabList;
use crate::session::Pane;

const TABS: [(Pane, &str); 5] = [
    (Pane::Editor, "Program"),
    (Pane::Console, "Output"),
    (Pane::Inspector, "_home"),
    (Pane::Snapshots, "Saved"),
    (Pane::InOut, "In / Out"),
];

/// The tabs at the bottom of a small screen.
#[component]
pub fn PaneTabs(
    /// The pane to show.
    shown: RwSignal<Pane>,
) -> impl IntoView {
    view! { <TabList name="Panes" class="pane-tabs" tab_class="pane-tab" tabs=TABS chosen=shown/> }
}
