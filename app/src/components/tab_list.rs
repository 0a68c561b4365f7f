//! A row of tabs that choose a pane, as the WAI-ARIA practices describe it.

use leptos::{ev, html, prelude::*};

use crate::session::Pane;

/// A row of tabs, of which the arrow keys choose one.
#[component]
pub fn TabList<const COUNT: usize>(
    /// What the tabs are, for assistive technology.
    name: &'static str,
    /// The class of the row; that of a tab is `tab_class`.
    class: &'static str,
    /// The class of a tab.
    tab_class: &'static str,
    /// The panes to choose from, and what their tabs say.
    tabs: [(Pane, &'static str); COUNT],
    /// The pane that is chosen.
    chosen: RwSignal<Pane>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let on_key = move |event: ev::KeyboardEvent| {
        let current = tabs.iter().position(|(pane, _)| *pane == chosen.get_untracked()).unwrap_or(0);
        let Some(next) = next_tab(&event.key(), current, COUNT) else { return };
        event.prevent_default();
        chosen.set(tabs[next].0);
        super::focus_child(list.get_untracked(), next);
    };
    // Where another pane is chosen that has no tab here, the first tab can be reached.
    let is_stop = move |pane: Pane| {
        let has_chosen = tabs.iter().any(|(pane, _)| *pane == chosen.get());
        if has_chosen { chosen.get() == pane } else { tabs[0].0 == pane }
    };
    let tab = move |(pane, title): (Pane, &'static str)| {
        view! {
            <button
                type="button"
                class=tab_class
                role="tab"
                aria-controls=panel_id(pane)
                aria-selected=move || (chosen.get() == pane).to_string()
                tabindex=move || if is_stop(pane) { "0" } else { "-1" }
                on:click=move |_| chosen.set(pane)
            >
                {title}
            </button>
        }
    };
    view! {
        <div node_ref=list class=class role="tablist" aria-label=name on:keydown=on_key>
            {tabs.map(tab).collect_view()}
        </div>
    }
}

/// The id of the element with the content of a pane.
pub fn panel_id(pane: Pane) -> String {
    format!("panel-{}", pane.name())
}

/// The tab that a key leads to, if the key is one that leads to a tab.
fn next_tab(key: &str, current: usize, count: usize) -> Option<usize> {
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
