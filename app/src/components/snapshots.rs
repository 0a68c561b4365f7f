//! The pane with what is saved: named snapshots, and the checkpoints of the last runs.

use leptos::prelude::*;
use wire::{SnapshotInfo, SnapshotKind};

use super::{pane::PaneFrame, snapshot_form::SnapshotForm, snapshot_row::SnapshotRow};
use crate::session::{Pane, Session};

/// The pane with what is saved.
#[component]
pub fn Snapshots() -> impl IntoView {
    let state = Session::expect().state;
    let problem = state.snapshot_problem();
    let named = of_kind(state.snapshots(), |snapshot| !matches!(snapshot.kind, SnapshotKind::Checkpoint { .. }));
    let checkpoints = of_kind(state.snapshots(), |snapshot| matches!(snapshot.kind, SnapshotKind::Checkpoint { .. }));
    view! {
        <PaneFrame pane=Pane::Snapshots name="Snapshots" class="snapshots">
            <div class="pane-head">
                <h2 class="pane-title">"Snapshots"</h2>
            </div>
            <SnapshotForm/>
            <div class="snapshots-body">
                {move || problem.get().map(|problem| view! { <p class="snapshot-problem" role="alert">{problem}</p> })}
                <Show
                    when=move || named.with(|named| !named.is_empty())
                    fallback=|| view! { <p class="empty">"A snapshot keeps " <code>"_home"</code> " as it is now, under a name, until you delete it."</p> }
                >
                    <SnapshotList snapshots=named/>
                </Show>
                <Show when=move || checkpoints.with(|checkpoints| !checkpoints.is_empty())>
                    <details class="recent-runs">
                        <summary>"Recent runs"</summary>
                        <SnapshotList snapshots=checkpoints/>
                    </details>
                </Show>
            </div>
        </PaneFrame>
    }
}

#[component]
fn SnapshotList(snapshots: Memo<Vec<SnapshotInfo>>) -> impl IntoView {
    view! {
        <ul>
            <For each=move || snapshots.get() key=|snapshot| (snapshot.id.clone(), snapshot.damage.clone()) let:snapshot>
                <SnapshotRow snapshot/>
            </For>
        </ul>
    }
}

fn of_kind(snapshots: Signal<Vec<SnapshotInfo>>, is_kind: fn(&SnapshotInfo) -> bool) -> Memo<Vec<SnapshotInfo>> {
    Memo::new(move |_| snapshots.with(|all| all.iter().filter(|snapshot| is_kind(snapshot)).cloned().collect()))
}
