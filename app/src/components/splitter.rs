//! The line between the two parts of a split, moved by pointer or keys.

use leptos::{ev, html, prelude::*};

use crate::{
    layout::{Direction, Share},
    session::{Pane, Session},
};

const KEY_STEP: f64 = 2.0;

/// The line between the two parts of a split.
#[component]
pub fn Splitter(
    /// The number of the split in the layout.
    number: usize,
    /// How the parts lie.
    direction: Direction,
    /// The panes of the second part.
    sized: Vec<Pane>,
) -> impl IntoView {
    let session = Session::expect();
    let layout = session.layout();
    let line = NodeRef::<html::Div>::new();
    let is_upright = direction == Direction::Columns;
    let move_to = move |percent: f64| session.resize_split(number, Some(percent));
    let on_pointer_down = move |event: ev::PointerEvent| {
        event.prevent_default();
        if let Some(line) = line.get_untracked() {
            line.set_pointer_capture(event.pointer_id()).ok();
            line.focus().ok();
        }
    };
    let on_pointer_move = move |event: ev::PointerEvent| {
        let Some(line) = line.get_untracked().filter(|line| line.has_pointer_capture(event.pointer_id())) else {
            return;
        };
        let Some(frame) = line.parent_element().map(|parent| parent.get_bounding_client_rect()) else { return };
        move_to(match direction {
            Direction::Columns => 100.0 * (frame.right() - f64::from(event.client_x())) / frame.width(),
            Direction::Rows => 100.0 * (frame.bottom() - f64::from(event.client_y())) / frame.height(),
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let share = layout.read_untracked().share(number);
        move_to(match (event.key().as_str(), direction) {
            ("ArrowLeft", Direction::Columns) | ("ArrowUp", Direction::Rows) => share + KEY_STEP,
            ("ArrowRight", Direction::Columns) | ("ArrowDown", Direction::Rows) => share - KEY_STEP,
            ("Home", _) => Share::MAX,
            ("End", _) => Share::MIN,
            _ => return,
        });
        event.prevent_default();
    };
    let name = move || {
        let visible = layout.read().visible_panes();
        let titles = sized.iter().filter(|pane| visible.contains(pane)).map(|pane| pane.texts().title);
        let measure = if is_upright { "Width of " } else { "Height of " };
        measure.to_owned() + &titles.collect::<Vec<_>>().join(", ")
    };
    view! {
        <div
            node_ref=line
            class="splitter"
            role="separator"
            tabindex="0"
            aria-label=name
            aria-orientation=if is_upright { "vertical" } else { "horizontal" }
            aria-valuemin=Share::MIN
            aria-valuemax=Share::MAX
            aria-valuenow=move || layout.read().share(number).round()
            on:pointerdown=on_pointer_down
            on:pointermove=on_pointer_move
            on:dblclick=move |_| session.resize_split(number, None)
            on:keydown=on_key
        ></div>
    }
}
