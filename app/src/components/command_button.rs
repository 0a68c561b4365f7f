//! A button for a command of the registry.

use leptos::prelude::*;

use super::icon::icon;
use crate::{commands::CommandId, session::Session};

/// A button that does a command: its icon and a word, or the icon alone. It is disabled when the command cannot be done,
/// and has the keys in its tooltip.
#[component]
pub fn CommandButton(
    /// The command.
    #[prop(into)]
    id: Signal<CommandId>,
    /// Its classes.
    class: &'static str,
    /// What the tooltip says, if not the command's title.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Its name for assistive technology where it shows no word; else the word is its name.
    #[prop(optional)]
    label: Option<&'static str>,
    /// The word beside the icon.
    #[prop(optional, into)]
    word: Option<Signal<&'static str>>,
    /// Whether it stays enabled when the command cannot be done.
    #[prop(optional)]
    is_always_enabled: bool,
) -> impl IntoView {
    let session = Session::expect();
    let title = move || {
        let hint = hint.map_or_else(|| id.get().title().to_owned(), |hint| hint.get());
        match session.keys.label(id.get()) {
            Some(keys) => format!("{hint} ({keys})"),
            None => hint,
        }
    };
    view! {
        <button
            type="button"
            class=class
            class:is-icon=word.is_none()
            aria-label=label
            aria-keyshortcuts=move || session.keys.aria(id.get())
            title=title
            disabled=move || !is_always_enabled && !id.get().is_enabled(session)
            on:click=move |event| {
                let id = id.get_untracked();
                if event.shift_key() { id.with_shift().act(session) } else { id.act(session) }
            }
        >
            {move || id.get().icon().map(icon)}
            {word}
        </button>
    }
}
