//! Text in which places of the program are links.

use leptos::prelude::*;

use crate::{
    places::{PROGRAM_NAME, Segment, segments},
    session::Session,
};

/// Text in which places of the program are links.
#[component]
pub fn PlaceText(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let piece = |segment| match segment {
        Segment::Plain(text) => text.into_any(),
        Segment::Place { line } => view! { <PlaceLink line/> }.into_any(),
    };
    segments(&text).into_iter().map(piece).collect_view()
}

/// A link to a line of the program.
#[component]
pub fn PlaceLink(
    /// The line, from 1.
    line: u32,
    /// Whether the tab key passes it by, because its row has a key of its own.
    #[prop(optional)]
    is_in_tree: bool,
) -> impl IntoView {
    let session = Session::expect();
    let text = if is_in_tree { format!(":{line}") } else { format!("{PROGRAM_NAME}:{line}") };
    view! {
        <button
            type="button"
            class="link"
            title="Go to this line"
            tabindex=is_in_tree.then_some("-1")
            aria-label=format!("{PROGRAM_NAME}:{line}")
            on:click=move |event| {
                event.stop_propagation();
                session.reveal_line(line);
            }
        >
            {text}
        </button>
    }
}
