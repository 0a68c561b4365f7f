//! The four panes in two columns, and the lines between them that can be moved.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::splitter::{Direction, Splitter};
use crate::preferences::Preference;

/// How much of the page the second part of each division takes, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    side: f64,
    main_lower: f64,
    side_lower: f64,
}

impl Default for Shares {
    fn default() -> Self {
        Shares { side: 40.0, main_lower: 38.0, side_lower: 36.0 }
    }
}

/// The four panes.
#[component]
pub fn Workbench<A, B, C, D>(
    /// The pane with the program.
    main: A,
    /// The pane below it.
    main_lower: B,
    /// The pane beside it.
    side: C,
    /// The pane below that.
    side_lower: D,
) -> impl IntoView
where
    A: IntoView + 'static,
    B: IntoView + 'static,
    C: IntoView + 'static,
    D: IntoView + 'static,
{
    let shares = RwSignal::new(Preference::Shares.load::<Shares>().unwrap_or_default());
    let save = move || {
        shares.try_with_untracked(|shares| Preference::Shares.save(shares));
    };
    Effect::watch(move || shares.track(), move |_, _, _| Preference::Shares.save_soon(save), false);
    let (side_share, set_side) = slice!(shares.side);
    let (main_share, set_main) = slice!(shares.main_lower);
    let (lower_share, set_lower) = slice!(shares.side_lower);
    view! {
        <main class="workbench" style:--side-share=move || percent(side_share.get())>
            <div class="column" style:--lower-share=move || percent(main_share.get())>
                {main}
                <Splitter name="Height of the console" direction=Direction::Level share=main_share on_move=set_main/>
                {main_lower}
            </div>
            <Splitter name="Width of the side panes" direction=Direction::Upright share=side_share on_move=set_side/>
            <div class="column" style:--lower-share=move || percent(lower_share.get())>
                {side}
                <Splitter name="Height of the snapshots" direction=Direction::Level share=lower_share on_move=set_lower/>
                {side_lower}
            </div>
        </main>
    }
}

fn percent(share: f64) -> String {
    format!("{share:.2}%")
}
