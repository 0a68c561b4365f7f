//! The strip of history: a mark for each kept state of `_home`, in the order of time.

use leptos::{ev, prelude::*};
use wire::{SnapshotId, SnapshotInfo, SnapshotKind};

use super::{
    scroll_into_view,
    snapshot_row::{ask_to_restore, facts},
};
use crate::{
    session::Session,
    state,
    viewer::{Revision, View},
};

/// What is in the strip of history. Looking at a moment changes nothing.
#[component]
pub fn Strip() -> impl IntoView {
    let session = Session::expect();
    let snapshots = session.state.snapshots();
    let moments = Memo::new(move |_| snapshots.with(|all| all.iter().rev().cloned().collect::<Vec<_>>()));
    let shown = Memo::new(move |_| shown_moment(session));
    let found = move || {
        let shown = shown.get()?;
        moments.with(|all| all.iter().find(|moment| moment.id == shown).cloned())
    };
    Effect::new(move || {
        moments.track();
        if let Some(id) = shown.get() {
            // Once the page shows it.
            request_animation_frame(move || scroll_into_view(&mark_id(&id)));
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if act(session, &event.key(), moments, shown) {
            event.prevent_default();
        }
    };
    let is_empty = move || moments.with(Vec::is_empty);
    view! {
        <ul
            class="strip-marks"
            role="listbox"
            aria-label="History of _home"
            aria-orientation="horizontal"
            tabindex="0"
            hidden=is_empty
            aria-activedescendant=move || shown.get().map(|id| mark_id(&id))
            on:keydown=on_key
        >
            <For each=move || moments.get() key=|moment| (moment.id.clone(), moment.kind.name().to_owned()) let:moment>
                <Mark moment shown/>
            </For>
        </ul>
        <Show when=is_empty>
            <p class="strip-facts">"Each run leaves a mark here, to go back to."</p>
        </Show>
        {move || found().map(|moment| view! { <Facts moment/> })}
    }
}

/// A mark, which shows its moment.
#[component]
fn Mark(moment: SnapshotInfo, shown: Memo<Option<SnapshotId>>) -> impl IntoView {
    let session = Session::expect();
    let (id, element_id) = (moment.id.clone(), mark_id(&moment.id));
    let history = session.state.history();
    let head = id.clone();
    let is_now = Memo::new(move |_| history.with(|history| history.head.as_ref() == Some(&head)));
    let is_named = !matches!(moment.kind, SnapshotKind::Checkpoint { .. });
    let label = [&state::title(&moment), ", ", &facts(&moment)].concat();
    let tip = [moment.kind.name(), "\n", &facts(&moment)].concat();
    view! {
        <li
            id=element_id
            class="strip-mark"
            class:is-named=is_named
            role="option"
            aria-selected=move || (shown.get().as_ref() == Some(&id)).to_string()
            aria-current=move || is_now.get().then_some("true")
            aria-label=label
            title=tip
            on:click=move |_| session.look_at(moment.clone())
        ></li>
    }
}

/// What the shown moment is, and the way back to the present.
#[component]
fn Facts(moment: SnapshotInfo) -> impl IntoView {
    let session = Session::expect();
    let is_past = move || session.viewer.current().with(|view| *view != View::Home);
    view! {
        <code class="strip-name">{moment.kind.name().to_owned()}</code>
        <span class="strip-facts">{facts(&moment)}</span>
        <Show when=is_past>
            <button type="button" class="link strip-now" on:click=move |_| session.close_view()>"Now"</button>
        </Show>
    }
}

/// The moment that the inspector shows; of two, the later one.
fn shown_moment(session: Session) -> Option<SnapshotId> {
    let head = || session.state.history().with(|history| history.head.clone());
    session.viewer.current().with(|view| match view {
        View::Snapshot(snapshot) | View::Difference { after: Revision::Stored(snapshot), .. } => {
            Some(snapshot.id.clone())
        }
        View::Home | View::Difference { after: Revision::Now, .. } => head(),
    })
}

/// Does what a key says: goes to another moment, back to the present, or on from here. Returns false for other keys.
fn act(session: Session, key: &str, moments: Memo<Vec<SnapshotInfo>>, shown: Memo<Option<SnapshotId>>) -> bool {
    let shown = shown.get_untracked();
    let (at, count) =
        moments.with_untracked(|all| (all.iter().position(|moment| Some(&moment.id) == shown.as_ref()), all.len()));
    let past = session.viewer.current().with_untracked(|view| *view != View::Home);
    let to = match key {
        "Home" => Some(0),
        "End" => count.checked_sub(1),
        "ArrowLeft" => at.map_or(count.checked_sub(1), |at| at.checked_sub(1)),
        "ArrowRight" => at.map(|at| at + 1),
        "Escape" if past => {
            session.viewer.close();
            return true;
        }
        "Enter" if past => {
            let moment = at.and_then(|at| moments.with_untracked(|all| all.get(at).cloned()));
            moment.iter().for_each(|moment| ask_to_restore(session, moment));
            return true;
        }
        _ => return false,
    };
    let moment = to.and_then(|to| moments.with_untracked(|all| all.get(to).cloned()));
    moment.into_iter().for_each(|moment| session.look_at(moment));
    true
}

fn mark_id(id: &SnapshotId) -> String {
    ["moment-", &id.0].concat()
}
