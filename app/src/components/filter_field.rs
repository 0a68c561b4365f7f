//! The field in the head of a pane that leaves only what contains its text.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// A field for what is to be found.
#[component]
pub fn FilterField(
    /// Its name for assistive technology.
    name: &'static str,
    /// Its text.
    text: RwSignal<String>,
) -> impl IntoView {
    view! {
        <span class="filter-field">
            {icon(Icon::Search)}
            <input class="field is-small" type="search" placeholder="Filter" aria-label=name bind:value=text/>
        </span>
    }
}
