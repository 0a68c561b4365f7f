//! Panes in one place, of which one is shown.

use leptos::prelude::*;

use super::tab_list::TabList;
use crate::session::{Pane, Session};

/// Panes in one place. Where several are open, tabs choose one, and stand for their titles.
#[component]
pub fn TabGroup(
    /// The panes, closed ones too.
    panes: Vec<Pane>,
    /// Draws a pane.
    draw: fn(Pane) -> AnyView,
) -> impl IntoView {
    let layout = Session::expect().layout();
    let views = panes.iter().map(|pane| draw(*pane)).collect_view();
    let tabs = (panes.len() > 1).then(|| view! { <TabList panes=panes.clone() is_bottom=false/> });
    let panes = StoredValue::new(panes);
    let open_count = move || panes.with_value(|panes| layout.read().open_count(panes));
    view! {
        <div
            class="tab-group"
            class:has-tabs=move || { open_count() > 1 }
            class:is-closed=move || open_count() == 0
        >
            {tabs} {views}
        </div>
    }
}
