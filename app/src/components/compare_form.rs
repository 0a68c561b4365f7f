//! The dialog that asks which two states are to be compared.

use leptos::{ev, prelude::*};
use wire::{SnapshotId, SnapshotInfo, SnapshotKind};

use crate::{
    dialogs::Dialogs,
    formats,
    session::Session,
    viewer::{Revision, View},
};

/// The dialog that asks which two states are to be compared.
#[component]
pub fn CompareForm(
    /// The earlier one, at first; the state before the last run if none is given.
    before: Option<SnapshotId>,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let readable =
        session.state.snapshots().with_untracked(|all| all.iter().filter(|it| it.damage.is_none()).cloned().collect());
    let revisions: Vec<Revision> = revisions(readable);
    let head = session.state.history().with_untracked(|history| history.head.clone());
    let before = RwSignal::new(earlier(&revisions, before.as_ref(), head.as_ref()));
    let after = RwSignal::new(0);
    let names = StoredValue::new(revisions.iter().map(listed_name).collect::<Vec<_>>());
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        dialogs.close();
        let at = |chosen: RwSignal<usize>| revisions[chosen.get_untracked().min(revisions.len() - 1)].clone();
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
fn revisions(snapshots: Vec<SnapshotInfo>) -> Vec<Revision> {
    let is_checkpoint = |it: &SnapshotInfo| matches!(it.kind, SnapshotKind::Checkpoint { .. });
    let (checkpoints, named): (Vec<_>, Vec<_>) = snapshots.into_iter().partition(is_checkpoint);
    std::iter::once(Revision::Now).chain(named.into_iter().chain(checkpoints).map(Revision::Stored)).collect()
}

/// The index of the state that is most likely compared with the present one: the `chosen` one; else the newest
/// checkpoint before the head; else the newest snapshot that is not the head, since the head is equal to `_home` now.
fn earlier(revisions: &[Revision], chosen: Option<&SnapshotId>, head: Option<&SnapshotId>) -> usize {
    let find = |is_wanted: &dyn Fn(&SnapshotInfo) -> bool| {
        revisions.iter().position(|revision| matches!(revision, Revision::Stored(it) if is_wanted(it)))
    };
    // Later ids sort after earlier ones.
    let is_before_head =
        |it: &SnapshotInfo| matches!(it.kind, SnapshotKind::Checkpoint { .. }) && head.is_none_or(|head| it.id < *head);
    find(&|it| Some(&it.id) == chosen)
        .or_else(|| find(&is_before_head))
        .or_else(|| find(&|it| Some(&it.id) != head))
        .unwrap_or(1.min(revisions.len() - 1))
}

fn listed_name(revision: &Revision) -> String {
    match revision {
        Revision::Now => revision.title(),
        Revision::Stored(snapshot) => {
            let moment = formats::moment(snapshot.created_millis);
            match snapshot.kind {
                SnapshotKind::Checkpoint { .. } => format!("{moment}  {}", snapshot.kind.name()),
                _ => format!("“{}”, {moment}", snapshot.kind.name()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::snapshot;

    fn run(id: &str) -> SnapshotInfo {
        snapshot(id, SnapshotKind::Checkpoint { label: id.to_owned() })
    }

    #[test]
    fn the_run_before_is_compared_with_now_first() {
        let named = snapshot("4", SnapshotKind::Named { name: "mine".to_owned() });
        let revisions = revisions(vec![run("5"), named, run("3"), run("2")]);
        let id = |text: &str| SnapshotId(text.to_owned());
        let title = |chosen: Option<&str>, head: &str| {
            let (chosen, head) = (chosen.map(id), id(head));
            match &revisions[earlier(&revisions, chosen.as_ref(), Some(&head))] {
                Revision::Now => "now".to_owned(),
                Revision::Stored(it) => it.id.0.clone(),
            }
        };
        assert_eq!(title(None, "5"), "3");
        assert_eq!(title(None, "4"), "3");
        // After undoing the first run there is none before; the newest other state is the next best.
        assert_eq!(title(None, "2"), "4");
        assert_eq!(title(Some("5"), "5"), "5");
    }

    #[test]
    fn a_list_without_a_second_state_still_has_a_choice() {
        assert_eq!(earlier(&[Revision::Now], None, None), 0);
        let only = revisions(vec![run("1")]);
        assert_eq!(earlier(&only, None, Some(&SnapshotId("1".to_owned()))), 1);
    }
}
