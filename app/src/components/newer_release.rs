//! The mark in the status bar that says that there is a newer release of the playground.

use leptos::prelude::*;

const TITLE: &str = "There is a new version of the playground. This reloads the page with it; what you have stays.";
const TITLE_WHILE_RUNNING: &str =
    "There is a new version of the playground. You can update to it when the program has ended.";

/// The mark, if there is a newer release.
#[component]
pub fn NewerRelease(
    /// Whether there is one.
    is_there: Signal<bool>,
    /// Whether a program runs, which updating would end.
    is_running: Signal<bool>,
    /// Updates to it.
    update: Callback<()>,
) -> impl IntoView {
    let title = move || if is_running.get() { TITLE_WHILE_RUNNING } else { TITLE };
    view! {
        <Show when=move || is_there.get()>
            <button type="button" class="link" title=title disabled=is_running on:click=move |_| update.run(())>
                "New version"
            </button>
        </Show>
    }
}
