//! The pane with what is saved: named snapshots, and the checkpoints of the last runs.

use std::collections::HashMap;

use leptos::{ev, prelude::*};
use wire::{SnapshotId, SnapshotInfo, SnapshotKind};

use super::{
    choosing_note::ChoosingNote,
    command_button::CommandButton,
    focus_first,
    import_button::ImportButton,
    pane::{PaneFrame, on_focus_request},
    runs::ask_when_seen,
    snapshot_row::SnapshotRow,
};
use crate::{
    commands::CommandId,
    run_facts::{Made, made},
    session::{Pane, Session},
};

/// The pane with what is saved.
#[component]
pub fn Snapshots() -> impl IntoView {
    let session = Session::expect();
    let state = session.state;
    let problem = state.snapshot_problem();
    let is_checkpoint = |snapshot: &SnapshotInfo| matches!(snapshot.kind, SnapshotKind::Checkpoint { .. });
    let named = select(state.snapshots(), move |snapshot| !is_checkpoint(snapshot));
    let checkpoints = select(state.snapshots(), is_checkpoint);
    // Where there is no snapshot, what saves one.
    on_focus_request(session, Pane::Snapshots, || {
        focus_first("[data-pane=snapshots] .snapshot-name, [data-pane=snapshots] .empty button");
    });
    // Without the runs, the rows go without what these changed.
    ask_when_seen(session, Pane::Snapshots, RwSignal::new(None));
    let made = Memo::new(move |_| session.state.journal().with(|journal| made(&journal.runs)));
    let on_key = move |event: ev::KeyboardEvent| {
        session.choose_by_key(&event, || ());
    };
    let has_any = move || state.snapshots().with(|snapshots| !snapshots.is_empty());
    let head = view! {
        <h2 class="pane-title">"Snapshots"</h2>
        <Show when=has_any>
            <button type="button" class="button is-small" on:click=move |_| session.begin_choosing()>"Compare…"</button>
        </Show>
        <ImportButton/>
    };
    view! {
        <PaneFrame pane=Pane::Snapshots head=head.into_any()>
            <div class="snapshots-body" on:keydown=on_key>
                <ChoosingNote is_spoken=Signal::derive(move || !session.shows_strip().get())/>
                {move || problem.get().map(|problem| view! { <p class="snapshot-problem" role="alert">{problem}</p> })}
                <Show when=move || named.with(|named| !named.is_empty()) fallback=|| view! { <NoSnapshots/> }>
                    <SnapshotList snapshots=named made/>
                </Show>
                <Show when=move || checkpoints.with(|checkpoints| !checkpoints.is_empty())>
                    <details class="snapshots-runs">
                        <summary>"Recent runs"<span class="snapshots-count">{move || checkpoints.read().len()}</span></summary>
                        <SnapshotList snapshots=checkpoints made/>
                    </details>
                </Show>
            </div>
        </PaneFrame>
    }
}

#[component]
fn NoSnapshots() -> impl IntoView {
    view! {
        <div class="empty">
            <p>
                "A snapshot keeps " <code>"_home"</code>
                " as it is now, under a name, until you delete it. Import brings one from a file; dropping the file on the page does, too."
            </p>
            <div class="empty-actions">
                <CommandButton id=CommandId::SaveSnapshot class="button is-outlined" word="Save the first one"/>
            </div>
        </div>
    }
}

#[component]
fn SnapshotList(snapshots: Memo<Vec<SnapshotInfo>>, made: Memo<HashMap<SnapshotId, Made>>) -> impl IntoView {
    // By id, so that each row finds its own at once, however long the list is.
    let by_id = Memo::new(move |_| {
        snapshots.with(|all| all.iter().map(|it| (it.id.clone(), it.clone())).collect::<HashMap<_, _>>())
    });
    // A row outlives its snapshot for a moment.
    let latest = move |first: SnapshotInfo| {
        Memo::new(move |before: Option<&SnapshotInfo>| {
            let now = by_id.with(|by_id| by_id.get(&first.id).cloned());
            now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        })
    };
    view! {
        <ul class="snapshot-list">
            <For each=move || snapshots.get() key=|snapshot| snapshot.id.clone() let:snapshot>
                <SnapshotRow snapshot=latest(snapshot) made/>
            </For>
        </ul>
    }
}

fn select(
    snapshots: Signal<Vec<SnapshotInfo>>,
    is_wanted: impl Fn(&SnapshotInfo) -> bool + Send + Sync + 'static,
) -> Memo<Vec<SnapshotInfo>> {
    Memo::new(move |_| snapshots.with(|all| all.iter().filter(|snapshot| is_wanted(snapshot)).cloned().collect()))
}
