//! The dialog that asks which of several runs is to be brought back.

use leptos::{html, prelude::*};
use wire::SnapshotInfo;

use super::{move_in_list, snapshot_row::ChangeChip, strip::ask_for_runs};
use crate::{
    dialogs::Dialogs,
    formats,
    run_facts::{Made, made},
    session::Session,
};

/// The dialog that asks which of the runs that followed what `_home` is now is to be brought back.
#[component]
pub fn RedoForm(
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let list = NodeRef::<html::Ul>::new();
    let next = session.tree(|tree| tree.next());
    let choices: Vec<_> = next.iter().filter_map(|id| session.state.find_snapshot(Some(id))).collect();
    ask_for_runs(session);
    let made = Memo::new(move |_| session.state.journal().with(|journal| made(&journal.runs)));
    let choice = move |(at, snapshot): (usize, SnapshotInfo)| {
        let id = snapshot.id.clone();
        let made = Memo::new(move |_| made.with(|made| made.get(&id).cloned()));
        view! { <Choice snapshot made is_first={at == 0} dialogs/> }
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"Which run is to be redone?"</h2>
            <p class="dialog-text">"These followed what _home is now, each on a branch of its own."</p>
            <ul node_ref=list class="workspaces-list" aria-label="Runs" on:keydown=move |event| move_in_list(&event, list)>
                {choices.into_iter().enumerate().map(choice).collect_view()}
            </ul>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" on:click=move |_| dialogs.close()>"Cancel"</button>
            </div>
        </div>
    }
}

#[component]
fn Choice(snapshot: SnapshotInfo, made: Memo<Option<Made>>, is_first: bool, dialogs: Dialogs) -> impl IntoView {
    let session = Session::expect();
    let id = snapshot.id.clone();
    let redo = move |_| {
        dialogs.close();
        session.redo(Some(id.clone()));
    };
    view! {
        <li>
            <button type="button" class="branches-choice" autofocus=is_first on:click=redo>
                <code class="workspaces-name">{snapshot.kind.name().to_owned()}</code>
                {move || made.get().map(|made| view! { <ChangeChip made/> })}
                <span class="workspaces-facts">{formats::moment(snapshot.created_millis)}</span>
            </button>
        </li>
    }
}
