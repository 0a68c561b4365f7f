//! On a small screen: which pane is shown.

use leptos::{ev, html, prelude::*};

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
    let list = NodeRef::<html::Nav>::new();
    let on_key = move |event: ev::KeyboardEvent| {
        let current = TABS.iter().position(|(pane, _)| *pane == shown.get_untracked()).unwrap_or(0);
        let next = match event.key().as_str() {
            "ArrowRight" => (current + 1) % TABS.len(),
            "ArrowLeft" => (current + TABS.len() - 1) % TABS.len(),
            _ => return,
        };
        shown.set(TABS[next].0);
        super::focus_child(list.get_untracked(), next);
    };
    let tab = move |(pane, name): (Pane, &'static str)| {
        let is_shown = move || shown.get() == pane;
        view! {
            <button
                type="button"
                class="pane-tab"
                role="tab"
                aria-selected=move || is_shown().to_string()
                tabindex=move || if is_shown() { "0" } else { "-1" }
                on:click=move |_| shown.set(pane)
            >
                {name}
            </button>
        }
    };
    view! {
        <nav node_ref=list class="pane-tabs" role="tablist" aria-label="Panes" on:keydown=on_key>
            {TABS.map(tab).collect_view()}
        </nav>
    }
}
