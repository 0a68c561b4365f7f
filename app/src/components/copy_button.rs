//! A button that copies a text, and says that it did.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// How long the button says so.
const SAID_FOR: Duration = Duration::from_secs(2);

/// A button that copies a text, and says that it did.
#[component]
pub fn CopyButton(
    /// Its class.
    class: &'static str,
    /// What it says.
    #[prop(default = "Copy")]
    word: &'static str,
    /// Copies, and calls what it gets once the text is in the clipboard.
    copy: impl Fn(Box<dyn FnOnce()>) + 'static,
) -> impl IntoView {
    let is_copied = RwSignal::new(false);
    let copied = move || {
        is_copied.try_set(true);
        let forget = move || {
            is_copied.try_set(false);
        };
        set_timeout(forget, SAID_FOR);
    };
    view! {
        <button type="button" class=class on:click=move |_| copy(Box::new(copied))>
            {move || icon(if is_copied.get() { Icon::Check } else { Icon::Copy })}
            {move || if is_copied.get() { "Copied" } else { word }}
        </button>
        <span class="visually-hidden" aria-live="polite">{move || if is_copied.get() { "Copied" } else { "" }}</span>
    }
}
