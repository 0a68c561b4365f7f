//! A run in the journal, which opens to its details, and what can be done with it.

use leptos::{ev, prelude::*};
use wire::{Ending, RunInfo, SnapshotInfo};

use super::{
    icon::{Icon, icon},
    menu::{Menu, MenuItem},
    run_details::RunMore,
    snapshot_row::switch_item,
};
use crate::{
    formats,
    run_facts::{changes, spoken_changes, title, what_ran},
    session::Session,
    viewer::{Revision, View},
};

/// A run in the journal.
#[component]
pub fn RunRow(
    /// The run.
    run: RunInfo,
) -> impl IntoView {
    let session = Session::expect();
    let is_open = RwSignal::new(false);
    let id = run.id.clone();
    let (mark, class, ended) = ending(&run.ending);
    let facts = [formats::moment(run.began_millis), formats::elapsed(run.elapsed_millis)].join(" · ");
    let name = ["More for ", &title(&run)].concat();
    let (what, label) = (what_ran(&run).to_owned(), run.label.clone());
    let (changes, spoken) = (changes(&run), [&spoken_changes(&run), ", "].concat());
    let (after, at_key) = (run.after.clone(), run.after.clone());
    let on_click = move |event: ev::MouseEvent| {
        if session.is_choice(&event) {
            session.choose_snapshot(after.as_ref());
        } else {
            is_open.update(|is_open| *is_open = !*is_open);
        }
    };
    let chosen = run.after.clone();
    let is_chosen = Memo::new(move |_| {
        session.viewer.choosing.with(|choosing| chosen.as_ref().is_some_and(|id| choosing.is_first(id)))
    });
    view! {
        <li
            class="run-row"
            on:keydown=move |event| {
                session.choose_by_key(&event, || session.choose_snapshot(at_key.as_ref()));
            }
        >
            <button type="button" class="run-open" aria-expanded=move || is_open.get().to_string() on:click=on_click>
                <span class=class>{icon(mark)}<span class="visually-hidden">{ended}": "</span></span>
                <span>{what}</span>
                <span class="run-label">{label}</span>
                <Show when=move || is_chosen.get()><span class="tag is-now">"chosen"</span> " "</Show>
                <span class="change-chip" aria-hidden="true">{changes}</span>
                <span class="visually-hidden">{spoken}</span>
                <span class="run-facts">{facts}</span>
            </button>
            <Menu name=Signal::stored(name) items=move |()| menu_items(session, &run)/>
            {move || is_open.get().then(|| view! { <RunMore id=id.clone()/> })}
        </li>
    }
}

/// The icon of an ending, its class, and its name.
fn ending(ending: &Ending) -> (Icon, &'static str, &'static str) {
    match ending {
        Ending::Returned(_) => (Icon::Check, "run-ending", "ended well"),
        Ending::Failed { .. } => (Icon::CircleSlash, "run-ending is-error", "failed"),
        Ending::Stopped => (Icon::SquareFill, "run-ending is-warning", "stopped"),
        Ending::Lost { .. } => (Icon::Alert, "run-ending is-error", "lost"),
        Ending::Exited { .. } => (Icon::SignOut, "run-ending", "ended by os.exit"),
    }
}

fn menu_items(session: Session, run: &RunInfo) -> Vec<MenuItem> {
    let [before, after] = [&run.before, &run.after].map(|id| session.state.find_snapshot(id.as_ref()));
    let text_of = run.id.clone();
    let again = run.id.clone();
    let switch = after.as_ref().and_then(|after| switch_item(session, "Switch to the state after", after));
    let mut items = vec![inspect(session, after.clone()), compare(session, run, before, after)];
    items.extend(switch);
    let chosen = run.after.clone();
    let choose = MenuItem::new("Compare with…", move || session.choose_snapshot(chosen.as_ref()));
    items.push(choose.enabled_when(Signal::stored(run.after.is_some())));
    items.push(MenuItem::new("Show the program", move || session.show_run_text(text_of.clone())).with_icon(Icon::File));
    let is_free = Signal::derive(move || !session.state.is_running().get());
    let run_again = MenuItem::new("Run it again", move || session.run_again(again.clone()));
    items.push(run_again.with_icon(Icon::Play).enabled_when(is_free));
    let (id, question) = (run.id.clone(), ["Forget ", &title(run), "?"].concat());
    let forget = move || {
        let id = id.clone();
        session.dialogs.confirm_deletion(question.clone(), "Forget", move || session.forget_runs(Some(id.clone())));
    };
    items
        .push(MenuItem::new("Forget this run…", forget).with_icon(Icon::Trash).enabled_when(session.state.may_write()));
    items
}

fn inspect(session: Session, after: Option<SnapshotInfo>) -> MenuItem {
    let Some(after) = after else { return cannot("Inspect the state after: no longer kept", Icon::Search) };
    MenuItem::new("Inspect the state after", move || session.show(View::Snapshot(after.clone())))
        .with_icon(Icon::Search)
}

fn compare(session: Session, run: &RunInfo, before: Option<SnapshotInfo>, after: Option<SnapshotInfo>) -> MenuItem {
    match (before, after) {
        (Some(before), Some(after)) if before.id != after.id => {
            let view = View::Difference { before: Revision::Stored(before), after: Revision::Stored(after) };
            MenuItem::new("Compare before and after", move || session.show(view.clone())).with_icon(Icon::GitCompare)
        }
        (Some(_), Some(_)) => cannot("Compare: nothing changed", Icon::GitCompare),
        _ if run.before.is_none() => cannot("Compare: nothing was saved before", Icon::GitCompare),
        _ => cannot("Compare: no longer kept", Icon::GitCompare),
    }
}

/// Something that cannot be done, which says why.
fn cannot(name: &'static str, icon: Icon) -> MenuItem {
    MenuItem::new(name, || {}).with_icon(icon).enabled_when(Signal::stored(false))
}
