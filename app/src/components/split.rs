//! Two parts of the page, and the line between them.

use leptos::prelude::*;

use super::splitter::Splitter;
use crate::{
    layout::Direction,
    session::{Pane, Session},
};

/// Two parts of the page. One without open panes takes no room.
#[component]
pub fn SplitView(
    /// Its number in the layout.
    number: usize,
    /// How the parts lie.
    direction: Direction,
    /// The panes of the two parts, and how they are drawn.
    sides: [(Vec<Pane>, AnyView); 2],
) -> impl IntoView {
    let layout = Session::expect().layout();
    let [(first, first_view), (second, second_view)] = sides;
    let sized = second.clone();
    // How many of the parts have open panes.
    let open_parts = StoredValue::new([first, second]);
    let open_parts = move || {
        let layout = layout.read();
        open_parts.with_value(|parts| parts.iter().filter(|panes| layout.open_count(panes) > 0).count())
    };
    view! {
        <div
            class=if direction == Direction::Columns { "split is-columns" } else { "split is-rows" }
            class:is-single=move || open_parts() == 1
            class:is-closed=move || open_parts() == 0
            style:--split-share=move || format!("{}%", layout.read().share(number))
        >
            {first_view} <Splitter number direction sized/> {second_view}
        </div>
    }
}
