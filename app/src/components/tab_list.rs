//! A row of tabs that choose a pane, as the WAI-ARIA practices describe it.

use leptos::{ev, html, prelude::*};

use crate::session::{Pane, Session};

/// A row of tabs, of which the arrow keys choose one.
#[component]
pub fn TabList(
    /// The panes to choose from. Tabs of closed ones are not shown, unless the row is at the bottom.
    panes: Vec<Pane>,
    /// Whether it is at the bottom of a small screen, where one pane is shown.
    is_bottom: bool,
) -> impl IntoView {
    let session = Session::expect();
    let layout = session.layout();
    let list = NodeRef::<html::Div>::new();
    let is_shown = move |pane: Pane| is_bottom || session.is_open(pane);
    let is_chosen = move |pane: Pane| {
        if is_bottom { layout.read().front() == pane } else { layout.read().visible_panes().contains(&pane) }
    };
    let tab = move |pane: Pane| {
        let texts = pane.texts();
        view! {
            <button
                type="button"
                class="tab-list-tab"
                role="tab"
                hidden=move || !is_shown(pane)
                aria-controls=panel_id(pane)
                aria-selected=move || is_chosen(pane).to_string()
                tabindex=move || if is_chosen(pane) { "0" } else { "-1" }
                on:click=move |_| session.show_pane(pane)
            >
                {if is_bottom { texts.short_title } else { texts.title }}
            </button>
        }
    };
    let tabs = panes.iter().map(|pane| tab(*pane)).collect_view();
    let on_key = move |event: ev::KeyboardEvent| {
        let shown: Vec<_> = (0..panes.len()).filter(|index| untrack(|| is_shown(panes[*index]))).collect();
        let current = shown.iter().position(|index| untrack(|| is_chosen(panes[*index]))).unwrap_or(0);
        let Some(next) = next_tab(&event.key(), current, shown.len()).map(|next| shown[next]) else { return };
        event.prevent_default();
        session.show_pane(panes[next]);
        super::focus_child(list.get_untracked(), next);
    };
    view! {
        <div
            node_ref=list
            class=if is_bottom { "tab-list is-bottom" } else { "tab-list" }
            role="tablist"
            aria-label=if is_bottom { "Panes" } else { "Tabs" }
            on:keydown=on_key
        >
            {tabs}
        </div>
    }
}

/// The id of the element with the content of a pane.
pub fn panel_id(pane: Pane) -> String {
    format!("panel-{}", pane.texts().name)
}

/// The tab that a key leads to, if the key is one that leads to a tab.
pub fn next_tab(key: &str, current: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if current >= last { 0 } else { current + 1 }),
        "ArrowLeft" => Some(current.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::next_tab;

    #[test]
    fn arrow_keys_go_around_and_home_and_end_to_the_ends() {
        let from = |current| ["ArrowLeft", "ArrowRight", "Home", "End", "a"].map(|key| next_tab(key, current, 3));
        assert_eq!(from(0), [Some(2), Some(1), Some(0), Some(2), None]);
        assert_eq!(from(2), [Some(1), Some(0), Some(0), Some(2), None]);
        assert_eq!(next_tab("End", 0, 0), None);
    }
}
