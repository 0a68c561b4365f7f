//! The line between two panes, moved by pointer or keys.

use leptos::{ev, html, prelude::*};

/// The least and the most that the second of two panes takes, in percent.
const LEAST: f64 = 12.0;
const MOST: f64 = 85.0;
const KEY_STEP: f64 = 2.0;

/// Which way the line runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Between panes side by side.
    Upright,
    /// Between panes one below the other.
    Level,
}

/// The line between two panes.
#[component]
pub fn Splitter(
    /// What moving it changes.
    name: &'static str,
    /// Which way it runs.
    direction: Direction,
    /// What the second pane takes, in percent.
    #[prop(into)]
    share: Signal<f64>,
    /// Called with what it shall take.
    on_move: SignalSetter<f64>,
) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    let is_upright = direction == Direction::Upright;
    let move_to = move |share: f64| on_move.set(share.clamp(LEAST, MOST));
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
            Direction::Upright => 100.0 * (frame.right() - f64::from(event.client_x())) / frame.width(),
            Direction::Level => 100.0 * (frame.bottom() - f64::from(event.client_y())) / frame.height(),
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let share = share.get_untracked();
        move_to(match (event.key().as_str(), direction) {
            ("ArrowLeft", Direction::Upright) | ("ArrowUp", Direction::Level) => share + KEY_STEP,
            ("ArrowRight", Direction::Upright) | ("ArrowDown", Direction::Level) => share - KEY_STEP,
            ("Home", _) => MOST,
            ("End", _) => LEAST,
            _ => return,
        });
        event.prevent_default();
    };
    view! {
        <div
            node_ref=line
            class=if is_upright { "splitter is-upright" } else { "splitter is-level" }
            role="separator"
            tabindex="0"
            aria-label=name
            aria-orientation=if is_upright { "vertical" } else { "horizontal" }
            aria-valuemin=LEAST
            aria-valuemax=MOST
            aria-valuenow=move || share.get().round()
            on:pointerdown=on_pointer_down
            on:pointermove=on_pointer_move
            on:keydown=on_key
        ></div>
    }
}
