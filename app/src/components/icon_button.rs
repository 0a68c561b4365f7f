//! A button that is an icon; its name is its tooltip as well.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// A button that is an icon.
#[component]
pub fn IconButton(
    /// What it shows.
    icon: Icon,
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// Whether it can be pressed now; it can, if this is not given.
    #[prop(into, default = true.into())]
    is_enabled: Signal<bool>,
    /// What it does.
    #[prop(into)]
    act: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button is-small is-icon"
            aria-label=name
            title=name
            disabled=move || !is_enabled.get()
            on:click=move |_| act.run(())
        >
            {self::icon(icon)}
        </button>
    }
}
