//! The tree of a snapshot that is inspected, not restored.

use leptos::prelude::*;
use wire::{SnapshotInfo, SnapshotKind};

use super::{
    inspected_tree::InspectedTree,
    inspector::BackToHome,
    pane::PaneFrame,
    search_field::{SearchField, SearchHits},
    snapshot_row::{ask_to_restore, facts},
    tree::ask_all,
};
use crate::{
    dialogs::OmissionsReport,
    formats,
    session::{Pane, Session},
    state,
    state_search::StateSearch,
    tree::{Origin, TreeModel},
    viewer::{Revision, View},
};

/// The tree of a snapshot.
#[component]
pub fn SnapshotView(
    /// The snapshot.
    snapshot: SnapshotInfo,
) -> impl IntoView {
    let session = Session::expect();
    let latest = latest(session, snapshot.clone());
    let title = Memo::new(move |_| state::title(&latest.read()));
    let revision = Revision::Stored(snapshot.clone());
    let origin = Origin::Values(revision.subject());
    let model = RwSignal::new(TreeModel::default());
    let asked = origin.clone();
    Effect::new(move || {
        // Asks again after a stop or a crash, which may have come before the answer.
        session.state.openings().track();
        ask_all(session, &asked, model, model.try_update(TreeModel::refresh).unwrap_or_default());
    });
    let search = StateSearch::new(session, origin.clone(), model);
    let snapshot_name = state::title(&snapshot);
    let is_damaged = move || latest.read().damage.is_some();
    let compare = move |_| session.viewer.show(View::Difference { before: revision.clone(), after: Revision::Now });
    let head = view! {
        <h2 class="pane-title" title=title>{title}</h2>
        <SearchField name="Search the snapshot" search/>
        <BackToHome/>
    };
    view! {
        <PaneFrame pane=Pane::Inspector head=head.into_any()>
            <div class="inspector-note">
                {move || view! { <Provenance snapshot=latest.get()/> }}
                <button type="button" class="button is-small is-outlined" disabled=move || is_damaged() || !session.state.may_write().get() on:click=move |_| ask_to_restore(session, &latest.read_untracked())>
                    "Restore"
                </button>
                <button type="button" class="button is-small is-outlined" disabled=is_damaged on:click=compare>"Compare with _home"</button>
            </div>
            <InspectedTree name=snapshot_name origin model>
                <SearchHits search/>
                <Show when=move || model.with(TreeModel::is_loading)>
                    <p class="empty">"Reading…"</p>
                </Show>
                <Show when=move || model.with(TreeModel::is_known_empty)>
                    <p class="empty">"It is empty."</p>
                </Show>
            </InspectedTree>
        </PaneFrame>
    }
}

/// What is known about a snapshot now: it can be renamed, or found damaged, while it is shown.
fn latest(session: Session, shown: SnapshotInfo) -> Memo<SnapshotInfo> {
    let snapshots = session.state.snapshots();
    Memo::new(move |_| {
        snapshots.with(|all| all.iter().find(|it| it.id == shown.id).cloned()).unwrap_or_else(|| shown.clone())
    })
}

/// Where the snapshot comes from, and that it is not `_home`.
#[component]
fn Provenance(snapshot: SnapshotInfo) -> impl IntoView {
    let session = Session::expect();
    let (tag, meaning) = match snapshot.kind {
        SnapshotKind::Imported { .. } => {
            ("Imported, not restored", "Inspecting it runs nothing: its functions can run only after you restore it.")
        }
        _ => ("Not restored", "You are inspecting a snapshot. _home is unchanged."),
    };
    let omitted_count = snapshot.omitted_count();
    let of_snapshot = snapshot.clone();
    let left_out = (omitted_count > 0).then(|| {
        let text = format!("{} left out", formats::counted(omitted_count, "value"));
        let show = move |_| {
            session.dialogs.show_omissions(OmissionsReport::of_snapshot(Some(&of_snapshot), Vec::new()));
        };
        view! { <button type="button" class="link is-warning" on:click=show>{text}</button> }
    });
    view! {
        <p class="inspector-meaning">
            <span class="tag is-warning">{tag}</span>
            " " {meaning} " "
            <span class="inspector-facts">{facts(&snapshot)}</span>
            " " {left_out}
        </p>
    }
}
