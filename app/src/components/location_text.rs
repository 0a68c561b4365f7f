//! Text in which locations in the person's files are links.

use leptos::prelude::*;
use wire::SourceLocation;

use crate::{
    locations::{Segment, segments},
    session::Session,
};

/// Text in which locations in the person's files are links.
#[component]
pub fn LocationText(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let piece = |segment| match segment {
        Segment::Plain(text) => text.into_any(),
        Segment::Location(location) => view! { <LocationLink location/> }.into_any(),
    };
    let files = Session::expect().documents.paths();
    segments(&text, &files).into_iter().map(piece).collect_view()
}

/// A link to a line of a file.
#[component]
pub fn LocationLink(
    /// The line.
    location: SourceLocation,
    /// Whether the tab key passes it by, because its row has a key of its own.
    #[prop(optional)]
    is_in_tree: bool,
) -> impl IntoView {
    let session = Session::expect();
    let name = location.to_string();
    let text = if is_in_tree { format!(":{}", location.line) } else { name.clone() };
    view! {
        <button
            type="button"
            class="link"
            title="Go to this line"
            tabindex=is_in_tree.then_some("-1")
            aria-label=name
            on:click=move |event| {
                event.stop_propagation();
                session.reveal(&location);
            }
        >
            {text}
        </button>
    }
}
