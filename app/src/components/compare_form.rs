//! The dialog that asks which two states are to be compared.

use leptos::{ev, prelude::*};
use wire::{SnapshotId, SnapshotKind};

use crate::{
    dialogs::Dialogs,
    formats,
    session::Session,
    viewer::{Moment, View},
};

/// The dialog that asks which two states are to be compared.
#[component]
pub fn CompareForm(
    /// The earlier one, at first; the newest snapshot if none is given.
    before: Option<SnapshotId>,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let readable =
        session.state.snapshots().with_untracked(|all| all.iter().filter(|it| it.damage.is_none()).cloned().collect());
    let moments: Vec<Moment> = moments(readable);
    let is_chosen = |moment: &Moment| matches!(moment, Moment::Stored(it) if Some(&it.id) == before.as_ref());
    let before = RwSignal::new(moments.iter().position(is_chosen).unwrap_or(1.min(moments.len() - 1)));
    let after = RwSignal::new(0);
    let names = StoredValue::new(moments.iter().map(listed_name).collect::<Vec<_>>());
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        dialogs.close();
        let at = |chosen: RwSignal<usize>| moments[chosen.get_untracked().min(moments.len() - 1)].clone();
        session.show(View::Difference { before: at(before), after: at(after) });
    };
    view! {
        <form class="dialog-body" on:submit=on_submit>
            <h2 class="dialog-title" id="dialog-title">"Compare"</h2>
            <MomentChoice id="compare-before" label="What changed from" names chosen=before is_first=true/>
            <MomentChoice id="compare-after" label="to" names chosen=after is_first=false/>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" on:click=move |_| dialogs.close()>"Cancel"</button>
                <button type="submit" class="button is-primary">"Compare"</button>
            </div>
        </form>
    }
}

#[component]
fn MomentChoice(
    id: &'static str,
    label: &'static str,
    names: StoredValue<Vec<String>>,
    chosen: RwSignal<usize>,
    is_first: bool,
) -> impl IntoView {
    let option = move |(index, name): (usize, String)| {
        view! { <option value=index.to_string() selected=chosen.get_untracked() == index>{name}</option> }
    };
    let on_change = move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default());
    view! {
        <div class="compare-field">
            <label for=id>{label}</label>
            <select id=id class="field" autofocus=is_first on:change=on_change>
                {names.get_value().into_iter().enumerate().map(option).collect_view()}
            </select>
        </div>
    }
}

/// `_home` as it is now, then the snapshots, then the checkpoints, each the newest first.
fn moments(snapshots: Vec<wire::SnapshotInfo>) -> Vec<Moment> {
    let is_checkpoint = |it: &wire::SnapshotInfo| matches!(it.kind, SnapshotKind::Checkpoint { .. });
    let (checkpoints, named): (Vec<_>, Vec<_>) = snapshots.into_iter().partition(is_checkpoint);
    std::iter::once(Moment::Now).chain(named.into_iter().chain(checkpoints).map(Moment::Stored)).collect()
}

fn listed_name(moment: &Moment) -> String {
    match moment {
        Moment::Now => moment.title(),
        Moment::Stored(snapshot) => {
            let moment = formats::moment(snapshot.created_millis);
            match snapshot.kind {
                SnapshotKind::Checkpoint { .. } => format!("{moment}  {}", snapshot.kind.name()),
                _ => format!("“{}”, {moment}", snapshot.kind.name()),
            }
        }
    }
}
