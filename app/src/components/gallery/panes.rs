//! Whole panes: with something in them, and empty.

use leptos::prelude::*;
use wire::{EventBody, HistoryEvent, Outcome};

use super::{
    Specimen,
    samples::{after_a_run, history, imported, incomplete, lines, opened, received, row, snapshots, tree, value},
};
use crate::{
    components::{
        console::Console, difference_view::DifferenceView, editor::EditorPane, home_view::HomeView, in_out::InOut,
        snapshot_view::SnapshotView, snapshots::Snapshots,
    },
    session::Session,
    state::StateEvent,
    tree::TreeModel,
    viewer::Revision,
};

/// The panes.
#[component]
pub fn Panes() -> impl IntoView {
    let awaits = || [after_a_run(Outcome::Stopped), vec![received(EventBody::InputAwaited)]].concat();
    Session::expect().input.text.set("{ \"users\": [1, 2 }".to_owned());
    view! {
        <Specimen of="editor" state="before Monaco is there" class="is-pane"><EditorPane/></Specimen>
        <Specimen of="console, prompt" state="the program waits for a line" after=awaits() class="is-pane"><Console/></Specimen>
        <Views/>
        <Specimen of="snapshots, snapshot_form, snapshot_row" state="each kind of snapshot" after=saved() class="is-pane is-tall"><Snapshots/></Specimen>
        <Specimen of="in_out, input, output" state="no JSON in, nothing out" class="is-pane is-tall"><InOut/></Specimen>
    }
}

#[component]
fn Views() -> impl IntoView {
    let home = RwSignal::new(tree(lines(vec![row("count", value(wire::Kind::Number, "3", 0))])));
    let empty = RwSignal::new(tree(Vec::new()));
    let unknown = RwSignal::new(TreeModel::default());
    view! {
        <Specimen of="home_view" state="with a value" after=vec![changed()] class="is-pane"><HomeView model=home/></Specimen>
        <Specimen of="home_view" state="empty" class="is-pane"><HomeView model=empty/></Specimen>
        <Specimen of="home_view" state="not read yet" class="is-pane"><HomeView model=unknown/></Specimen>
        <Specimen of="snapshot_view" state="lacks values; no worker" class="is-pane"><SnapshotView snapshot=incomplete("3")/></Specimen>
        <Specimen of="snapshot_view" state="imported; no worker" class="is-pane"><SnapshotView snapshot=imported("4")/></Specimen>
        <Specimen of="difference_view" state="no worker" class="is-pane">
            <DifferenceView before=Revision::Stored(imported("4")) after=Revision::Now/>
        </Specimen>
    }
}

fn changed() -> StateEvent {
    received(EventBody::History(HistoryEvent::HistoryChanged(history())))
}

fn saved() -> Vec<StateEvent> {
    let problem = StateEvent::SnapshotRefused("There is no room left in the browser's storage.".to_owned());
    vec![opened(snapshots()), changed(), problem]
}
