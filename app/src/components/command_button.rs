//! A button for a command of the registry.

use leptos::{html, prelude::*};

use crate::{commands::CommandId, session::Session};

/// A button that does a command: disabled when it cannot be done, with its keys in the tooltip.
#[component]
pub fn CommandButton(
    /// The command.
    id: CommandId,
    /// Its classes.
    class: &'static str,
    /// What the tooltip says, if not the command's title.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Its name for assistive technology, if not its content.
    #[prop(optional)]
    label: Option<&'static str>,
    /// The element, for whoever wants to focus it.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let session = Session::expect();
    let title = move || {
        let hint = hint.map_or_else(|| id.title().to_owned(), |hint| hint.get());
        match session.keys.label(id) {
            Some(keys) => format!("{hint} ({keys})"),
            None => hint,
        }
    };
    view! {
        <button
            node_ref=node_ref
            type="button"
            class=class
            aria-label=label
            aria-keyshortcuts=move || session.keys.aria(id)
            title=title
            disabled=move || !id.is_enabled(session)
            on:click=move |_| id.act(session)
        >
            {children()}
        </button>
    }
}
