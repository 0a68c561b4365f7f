//! A run in the journal, which opens to its details, and what can be done with it.

use leptos::prelude::*;
use wire::{DiffTotals, Ending, RunInfo, RunMode, SnapshotId, SnapshotInfo};

use super::{
    difference_view::totals_text,
    icon::{Icon, icon},
    menu::{Menu, MenuItem},
    run_details::RunMore,
};
use crate::{
    formats,
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
    let (changes, spoken) = (changes(&run), spoken_changes(&run));
    view! {
        <li class="run-row">
            <button
                type="button"
                class="run-open"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                <span class=class>{icon(mark)}<span class="visually-hidden">{ended}": "</span></span>
                <span>{what}</span>
                <span class="run-label">{label}</span>
                <span class="run-facts">
                    {facts} <span aria-hidden="true">{changes}</span> <span class="visually-hidden">{spoken}</span>
                </span>
            </button>
            <Menu name=Signal::stored(name) items=move |()| menu_items(session, &run)/>
            {move || is_open.get().then(|| view! { <RunMore id=id.clone()/> })}
        </li>
    }
}

fn what_ran(run: &RunInfo) -> &str {
    if run.mode == RunMode::Program { run.chunk.as_str() } else { "Prompt" }
}

/// The run as a person knows it: `main.lua: x = 1`.
fn title(run: &RunInfo) -> String {
    [what_ran(run), ": ", &run.label].concat()
}

/// What it changed, as it is read aloud: `, 3 added, 1 file changed`.
fn spoken_changes(run: &RunInfo) -> String {
    let values = match &run.changes {
        Some(totals) if *totals != DiffTotals::default() => totals_text(totals),
        _ => home_change(run).to_owned(),
    };
    let files = match run.files_changed {
        0 => String::new(),
        count => [", ", &formats::counted(count.into(), "file"), " changed"].concat(),
    };
    [", ", &values, &files].concat()
}

/// What it changed, in signs: `+3 −1 ~2 · 1 file`.
fn changes(run: &RunInfo) -> String {
    let mut text = String::from(" · ");
    match &run.changes {
        Some(DiffTotals { added, removed, changed }) if added + removed + changed > 0 => {
            let counts = [("+", *added), ("−", *removed), ("~", *changed)];
            let shown = counts.into_iter().filter(|(_, count)| *count > 0);
            let parts: Vec<_> = shown.map(|(sign, count)| [sign, &formats::count(count)].concat()).collect();
            text += &parts.join(" ");
        }
        _ => text += home_change(run),
    }
    if run.files_changed > 0 {
        text += " · ";
        text += &formats::counted(run.files_changed.into(), "file");
    }
    text
}

/// What is known of the change where it is not counted, or is none.
fn home_change(run: &RunInfo) -> &'static str {
    match (&run.after, &run.changes) {
        (None, _) => "not saved",
        (after, None) if *after != run.before => "changed",
        _ => "no change",
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
    let find = |id: &Option<SnapshotId>| id.as_ref().and_then(|id| listed(session, id));
    let (before, after) = (find(&run.before), find(&run.after));
    let text_of = run.id.clone();
    let again = run.id.clone();
    let mut items = vec![inspect(session, after.clone()), compare(session, run, before, after)];
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

fn listed(session: Session, id: &SnapshotId) -> Option<SnapshotInfo> {
    session.state.snapshots().with_untracked(|all| all.iter().find(|snapshot| snapshot.id == *id).cloned())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn changes_are_signs_of_what_there_is() {
        let run = samples::run("1");
        assert_eq!(changes(&run), " · no change");
        let totals = DiffTotals { added: 3, removed: 1, changed: 1204 };
        let changed = RunInfo { changes: Some(totals), files_changed: 2, ..run.clone() };
        assert_eq!(changes(&changed), " · +3 −1 ~1,204 · 2 files");
        assert_eq!(spoken_changes(&changed), ", 3 added, 1 removed, 1,204 changed, 2 files changed");
        let uncounted = RunInfo { changes: None, after: Some(SnapshotId("b".into())), ..run.clone() };
        assert_eq!(changes(&uncounted), " · changed");
        assert_eq!(changes(&RunInfo { after: None, ..uncounted }), " · not saved");
        assert_eq!(title(&RunInfo { mode: RunMode::Console, ..run }), "Prompt: x = 1");
    }
}
