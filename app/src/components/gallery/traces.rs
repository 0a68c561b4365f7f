//! The dialogs about the history of a value, with what the engine would say.

use leptos::prelude::*;
use wire::{DiffTotals, Ending, Kind, RunInfo, SnapshotId, Summary, TraceRow, TracedChange};

use super::{
    Specimen,
    samples::{key, opened, run, snapshots, value},
};
use crate::{
    components::{value_history::history_of, value_writer::writer_of},
    session::Session,
    trace::Traced,
};

/// The dialogs about the history of a value.
#[component]
pub fn Traces() -> impl IntoView {
    let ended = || run("1", Ending::Returned(Vec::new()));
    let several = || ["3", "2", "1"].map(|id| run(id, Ending::Returned(Vec::new()))).to_vec();
    let histories = [
        ("numbers, with a gap and a state that cannot be read", traced(numbers(ended(), several()))),
        ("a table", traced(tables(ended()))),
        ("none changed it", traced(Vec::new())),
        ("is being read", Traced { is_whole: false, ..traced(Vec::new()) }),
    ];
    let writers = [
        ("a run", vec![number(Some("9"), Some("7"), vec![ended()], true)]),
        ("one of several", vec![number(Some("9"), None, several(), true)]),
        ("something that was restored", vec![number(None, Some("9"), Vec::new(), false)]),
        ("none", Vec::new()),
    ];
    let history = |(state, known): (&'static str, Traced)| {
        view! {
            <Specimen of="value_history, traced_value" state after=vec![opened(snapshots())]>
                <dialog open class="dialog" aria-label=state>
                    {history_of(Session::expect(), StoredValue::new(vec![key("hp")]), RwSignal::new(known.clone()))}
                </dialog>
            </Specimen>
        }
    };
    let writer = |(state, rows): (&'static str, Vec<TraceRow>)| {
        view! {
            <Specimen of="value_writer" state after=vec![opened(snapshots())]>
                <dialog open class="dialog" aria-label=state>
                    {writer_of(Session::expect(), StoredValue::new(vec![key("hp")]), RwSignal::new(traced(rows.clone())))}
                </dialog>
            </Specimen>
        }
    };
    view! {
        {histories.into_iter().map(history).collect_view()}
        {writers.into_iter().map(writer).collect_view()}
    }
}

fn traced(rows: Vec<TraceRow>) -> Traced {
    Traced { path: "_home.player.hp".to_owned(), rows, states: 12, is_whole: true, problem: None }
}

fn change(old: Option<Summary>, new: Option<Summary>, runs: Vec<RunInfo>, are_all_runs: bool) -> TracedChange {
    let id = |id: &str| Some(SnapshotId(id.to_owned()));
    TracedChange { before: id("5"), after: id("6"), old, new, totals: None, runs, are_all_runs }
}

fn number(old: Option<&str>, new: Option<&str>, runs: Vec<RunInfo>, are_all_runs: bool) -> TraceRow {
    let [old, new] = [old, new].map(|text| text.map(|text| value(Kind::Number, text, 0)));
    TraceRow::Changed(change(old, new, runs, are_all_runs))
}

fn numbers(one: RunInfo, several: Vec<RunInfo>) -> Vec<TraceRow> {
    let long = "for index, user in ipairs(_home.users) do user.age = 2026 - user.born end".to_owned();
    let (state, reason) = (SnapshotId("2".to_owned()), "a piece of it is missing".to_owned());
    vec![
        number(Some("9"), Some("7"), vec![one.clone()], true),
        number(Some("12"), Some("9"), several.clone(), true),
        TraceRow::Unreadable { state, reason },
        number(Some("4"), Some("12"), several, false),
        number(Some("10"), Some("4"), vec![RunInfo { label: long, ..one.clone() }], true),
        number(None, Some("10"), Vec::new(), false),
        number(Some("3"), None, vec![one], true),
    ]
}

fn tables(run: RunInfo) -> Vec<TraceRow> {
    let table = |text: &str| Some(value(Kind::Table, text, 3));
    let totals = Some(DiffTotals { added: 3, removed: 1, changed: 1204 });
    let long = "{{name = \"Ada\", born = 1815}, {name = \"Grace\", born = 1906}, {name = \"Alan\", born = 1912}, …}";
    let inside = TracedChange { totals, ..change(table(long), table(long), vec![run.clone()], true) };
    let text = Some(value(Kind::String, "\"none yet\"", 0));
    [inside, change(text, table("{}"), vec![run], true)].map(TraceRow::Changed).to_vec()
}
