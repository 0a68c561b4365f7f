//! The field that searches all of a state, and what it found, as the WAI-ARIA practices describe a combobox.

use leptos::{ev, prelude::*};
use wire::{Hit, Hits};

use super::{
    icon::{Icon, icon},
    palette::moved,
    scroll_into_view,
    value::ValueText,
};
use crate::{formats, state_search::StateSearch};

/// The field.
#[component]
pub fn SearchField(
    /// Its name for assistive technology.
    name: &'static str,
    /// Its state.
    search: StateSearch,
) -> impl IntoView {
    let on_input = move |event| {
        search.text.set(event_target_value(&event));
        search.chosen.set(0);
        search.is_open.set(true);
    };
    view! {
        <span class="filter-field">
            {icon(Icon::Search)}
            <input
                class="field is-small"
                type="search"
                role="combobox"
                placeholder="Search"
                aria-label=name
                aria-expanded=move || search.is_listing().to_string()
                aria-controls="hits"
                aria-activedescendant=move || search.is_listing().then(|| hit_id(search.chosen.get()))
                autocomplete="off"
                spellcheck="false"
                prop:value=search.text
                on:input=on_input
                on:keydown=move |event| on_key(&event, search)
                on:focus=move |_| search.is_open.set(true)
                on:blur=move |_| search.is_open.set(false)
            />
        </span>
    }
}

fn on_key(event: &ev::KeyboardEvent, search: StateSearch) {
    if event.is_composing() || search.text.read_untracked().is_empty() {
        return;
    }
    // After a choice, the same keys list the hits again.
    if !search.is_open.get_untracked() {
        search.is_open.set(true);
    }
    let key = event.key();
    match key.as_str() {
        "Enter" => search.choose(search.chosen.get_untracked()),
        "Escape" => search.text.set(String::new()),
        _ => {
            let Some(index) = moved(&key, search.chosen.get_untracked(), search.count()) else { return };
            search.chosen.set(index);
            scroll_into_view(&hit_id(index));
        }
    }
    event.prevent_default();
    event.stop_propagation();
}

/// What was found; it stands in the place of the tree while the person is at the field.
#[component]
pub fn SearchHits(
    /// What was searched.
    search: StateSearch,
) -> impl IntoView {
    let hits = move || match search.found.get() {
        Some(Ok(Hits { hits, .. })) => {
            hits.into_iter().enumerate().map(|(index, hit)| hit_row(search, index, hit)).collect()
        }
        _ => Vec::new(),
    };
    view! {
        <Show when=move || search.is_listing()>
            <div class="hits">
                <ul class="hits-list" id="hits" role="listbox" aria-label="Found">{hits}</ul>
                <p class="hits-note" role="status">{move || note(search.found.read().as_ref())}</p>
            </div>
        </Show>
    }
}

fn hit_row(search: StateSearch, index: usize, hit: Hit) -> AnyView {
    view! {
        <li
            id=hit_id(index)
            class="hit"
            role="option"
            aria-selected=move || (search.chosen.get() == index).to_string()
            title=hit.path.clone()
            // The focus stays in the field.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| search.choose(index)
        >
            <span class="hit-path">{hit.path.clone()}</span>
            <span class="tree-value"><ValueText value=hit.value/></span>
        </li>
    }
    .into_any()
}

fn hit_id(index: usize) -> String {
    format!("hit-{index}")
}

/// How much was found.
fn note(found: Option<&Result<Hits, String>>) -> String {
    match found {
        None => "Searching…".to_owned(),
        Some(Err(reason)) => reason.clone(),
        Some(Ok(Hits { hits, is_complete })) => match (hits.len() as u64, is_complete) {
            (0, true) => "No key, string or number contains this.".to_owned(),
            (count, true) => format!("{} found", formats::count(count)),
            (count, false) => format!("{} found, and there are more", formats::count(count)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_says_whether_there_are_more() {
        let found = |is_complete| Ok(Hits { hits: Vec::new(), is_complete });
        assert_eq!(note(Some(&found(false))), "0 found, and there are more");
        assert_eq!(note(Some(&found(true))), "No key, string or number contains this.");
        assert_eq!(note(None), "Searching…");
    }
}
