//! Draws the layout: the panes in their groups, and the splits around them.

use leptos::prelude::*;

use super::{
    console::Console, editor::EditorPane, inspector::Inspector, pane::PaneFrame, split::SplitView, tab_group::TabGroup,
    tab_list::TabList,
};
use crate::{
    layout::Node,
    session::{Pane, Session},
};

/// All panes.
#[component]
pub fn Workbench() -> impl IntoView {
    let layout = Session::expect().layout();
    // Closing, opening and resizing leave everything where it is on the page: the editor would lose its state.
    let arrangement = Memo::new(move |_| layout.read().root().arrangement());
    let draw_all = move || {
        arrangement.track();
        draw(layout.read_untracked().root(), &mut 0)
    };
    view! { <main class="workbench">{draw_all}</main> }
}

/// Draws a part of the layout. Splits are numbered as [`crate::layout::Layout::resize`] numbers them.
fn draw(node: &Node, next_split: &mut usize) -> AnyView {
    match node {
        Node::Group(group) => view! { <TabGroup panes=group.panes() draw=draw_pane/> }.into_any(),
        Node::Split(split) => {
            let number = *next_split;
            *next_split += 1;
            let sides = [&split.first, &split.second].map(|side| (side.panes(), draw(side, next_split)));
            view! { <SplitView number direction=split.direction sides/> }.into_any()
        }
    }
}

fn draw_pane(pane: Pane) -> AnyView {
    match pane {
        Pane::Editor => view! { <EditorPane/> }.into_any(),
        Pane::Console => view! { <Console/> }.into_any(),
        Pane::Inspector => view! { <Inspector/> }.into_any(),
        Pane::Snapshots | Pane::Runs | Pane::InOut | Pane::Files | Pane::Problems => draw_later(pane),
        #[cfg(test_build)]
        Pane::Probe => view! { <crate::probe::ProbePane/> }.into_any(),
    }
}

/// Draws a pane that is in the later part of the page, which is asked for once a run is possible.
fn draw_later(pane: Pane) -> AnyView {
    let later = Session::expect().later;
    let awaited = move || view! { <PaneFrame pane>{later.awaited()}</PaneFrame> }.into_any();
    (move || later.views().map_or_else(awaited, |views| (views.pane)(pane))).into_any()
}

/// The tabs at the bottom of a small screen, which shows one pane.
#[component]
pub fn BottomTabs() -> impl IntoView {
    view! { <nav class="bottom-tabs" aria-label="Panes"><TabList panes=Pane::ALL.to_vec() is_bottom=true/></nav> }
}
