//! What the specimens show.

use serde::{Serialize, de::DeserializeOwned};
use wire::{
    Branch, ChunkLocation, Command, DiffTotals, Encoded, Ending, Event, EventBody, HistoryEvent, HistoryPosition, Key,
    Kind, Omission, OpenReport, Outcome, Output, Readings, Reference, Request, RequestId, Row, RunDetails, RunFile,
    RunId, RunInfo, RunMode, RunReport, RunRest, SaveReport, SnapshotId, SnapshotInfo, SnapshotKind, SourcePath, Step,
    Stream, Summary, Turn,
};

use crate::{
    client::ClientEvent,
    state::{Clock, State, StateEvent},
    tree::{ListedRow, ListedRows, Query, TreeModel},
};

/// The time on all specimens: one to come, so that the pictures are the same every day, and no time has passed since.
const NOW_MILLIS: f64 = 4_102_494_120_000.0;

/// The run on all specimens.
pub const RUN: RequestId = RequestId(1);

/// The state of a page after these events.
pub fn state_after(events: Vec<StateEvent>) -> State {
    let state = State::new(1000, Clock { now_millis: || NOW_MILLIS, ..Clock::of_browser() });
    events.into_iter().for_each(|event| state.apply(event));
    state
}

/// The worker says something about the run.
pub fn received(body: EventBody) -> StateEvent {
    ClientEvent::Received(Event { request: Some(RUN), body }).into()
}

/// A run is on its way.
pub fn sent(mode: RunMode) -> StateEvent {
    let command = Command::Run { source: "print(1)".to_owned(), chunk: SourcePath::main().into(), mode };
    ClientEvent::Sent(Request { id: RUN, command }).into()
}

/// The worker has found these snapshots.
pub fn opened(snapshots: Vec<SnapshotInfo>) -> StateEvent {
    received(EventBody::Opened(OpenReport { snapshots, ..OpenReport::default() }))
}

/// The run is over.
pub fn finished(outcome: Outcome) -> StateEvent {
    received(EventBody::RunFinished(RunReport { outcome, elapsed_millis: 1234.0, memory_bytes: 3 << 20 }))
}

/// The run is saved.
pub fn saved(snapshot: SnapshotInfo) -> StateEvent {
    let report = SaveReport { snapshot, is_new: false, removed: Vec::new(), missing_globals: Vec::new() };
    received(EventBody::HomeSaved(report))
}

/// A page whose program was run, and is saved.
pub fn after_a_run(outcome: Outcome) -> Vec<StateEvent> {
    let started = [opened(Vec::new()), sent(RunMode::Program), received(EventBody::RunStarted)];
    started.into_iter().chain([finished(outcome), saved(checkpoint("5"))]).collect()
}

/// A snapshot that a person named.
pub fn named(id: &str, name: &str) -> SnapshotInfo {
    SnapshotInfo {
        id: SnapshotId(id.to_owned()),
        kind: SnapshotKind::Named { name: name.to_owned() },
        created_millis: NOW_MILLIS,
        byte_size: 48_200,
        value_count: 1204,
        omissions: Vec::new(),
        omission_count: 0,
        damage: None,
    }
}

/// A snapshot that was saved by itself.
pub fn checkpoint(id: &str) -> SnapshotInfo {
    let label = "for index, user in ipairs(_home.users) do user.age = 2026 - user.born end".to_owned();
    SnapshotInfo { kind: SnapshotKind::Checkpoint { label }, ..named(id, "") }
}

/// A snapshot from a file.
pub fn imported(id: &str) -> SnapshotInfo {
    SnapshotInfo { kind: SnapshotKind::Imported { name: "From a friend".to_owned() }, ..named(id, "") }
}

/// A snapshot that cannot be read.
pub fn damaged(id: &str) -> SnapshotInfo {
    SnapshotInfo { damage: Some("a piece of it is missing".to_owned()), ..named(id, "Damaged") }
}

/// A snapshot that lacks something.
pub fn incomplete(id: &str) -> SnapshotInfo {
    SnapshotInfo { omissions: omissions(), omission_count: 1500, ..named(id, "With a coroutine") }
}

/// All kinds of snapshots.
pub fn snapshots() -> Vec<SnapshotInfo> {
    let long = "A name that is much longer than there is room for, as names can have two hundred characters";
    vec![named("6", "Two users"), named("5", long), imported("4"), incomplete("3"), damaged("2"), checkpoint("1")]
}

/// Where in history the page is: at the first of them.
pub fn history() -> HistoryPosition {
    let head = Some(SnapshotId("6".to_owned()));
    HistoryPosition { head, undo: Some("_home.users = {}".to_owned()), redo: None, ..HistoryPosition::default() }
}

/// A page with two branches: the fourth run followed the second one, and the last one followed that. The third run has a name.
pub fn branched(head: &str) -> Vec<StateEvent> {
    let runs = ["5", "4", "3", "2", "1"].map(checkpoint);
    let id = |id: &str| SnapshotId(id.to_owned());
    let turns = vec![Turn { id: id("4"), parent: Some(id("2")) }];
    let branch = |leaf, name: Option<&str>| Branch { leaf: id(leaf), name: name.map(str::to_owned) };
    let branches = vec![branch("3", Some("With ages")), branch("5", None)];
    let position = HistoryPosition { head: Some(id(head)), turns, branches, ..history() };
    vec![opened(runs.to_vec()), received(EventBody::History(HistoryEvent::HistoryChanged(position)))]
}

/// What a snapshot lacks.
pub fn omissions() -> Vec<Omission> {
    let omission = |path: &str, kind: &str| Omission { path: path.to_owned(), kind: kind.to_owned() };
    vec![omission("_home.jobs[3].thread", "coroutine"), omission("_home.file", "userdata")]
}

/// A value.
pub fn value(kind: Kind, text: &str, child_count: u32) -> Summary {
    Summary { kind, text: text.to_owned(), child_count, reference: Reference::Single, location: None }
}

/// A line of the program.
pub fn line(line: u32) -> ChunkLocation {
    ChunkLocation { chunk: SourcePath::main().into(), line }
}

/// A function of the program.
pub fn function(text: &str) -> Summary {
    Summary { location: Some(line(4)), ..value(Kind::Function, text, 2) }
}

/// The step to a key.
pub fn key(name: &str) -> Step {
    Step::Key(Key::String(name.as_bytes().to_vec()))
}

/// A row under a key.
pub fn row(name: &str, value: Summary) -> Row {
    Row::new(key(name), name.to_owned(), value)
}

/// The lines of a tree of values.
pub fn lines(rows: Vec<Row>) -> Vec<ListedRow> {
    rows.into_iter().map(ListedRow::Value).collect()
}

/// A tree with these lines.
pub fn tree(lines: Vec<ListedRow>) -> TreeModel {
    let mut model = TreeModel::default();
    list(&mut model, lines);
    model
}

/// The worker has listed a tree anew.
pub fn list(model: &mut TreeModel, lines: Vec<ListedRow>) {
    for query in model.refresh() {
        model.receive(query, Some(ListedRows { child_count: lines.len() as u32, rows: lines.clone() }));
    }
}

/// A person opens the first row with this label, and the worker answers each question for its children.
pub fn open(model: &mut TreeModel, label: &str, answer: impl Fn(&mut TreeModel, Query)) {
    let row = model.visible_rows("").into_iter().find(|row| row.label() == label);
    let queries = row.map(|row| model.open(&row)).unwrap_or_default();
    queries.into_iter().for_each(|query| answer(model, query));
}

/// Answers a question for children by these lines.
pub fn with(lines: Vec<ListedRow>) -> impl Fn(&mut TreeModel, Query) {
    move |model, query| {
        model.receive(query, Some(ListedRows { child_count: lines.len() as u32, rows: lines.clone() }));
    }
}

/// A run of the program, which ended so.
pub fn run(id: &str, ending: Ending) -> RunInfo {
    RunInfo {
        id: RunId(id.to_owned()),
        chunk: SourcePath::main().into(),
        mode: RunMode::Program,
        label: "_home.users = {}".to_owned(),
        began_millis: NOW_MILLIS,
        elapsed_millis: 12.0,
        memory_bytes: 3 << 20,
        ending,
        before: Some(SnapshotId("6".to_owned())),
        after: Some(SnapshotId("1".to_owned())),
        changes: Some(DiffTotals { added: 3, removed: 1, changed: 2 }),
        files_changed: 2,
    }
}

/// An error of the program.
pub fn failure() -> Ending {
    let message = "main.lua:4: attempt to index a nil value (field 'users')".to_owned();
    Ending::Failed { message, location: Some(line(4)) }
}

/// A run of each ending, and a line of the prompt.
pub fn runs() -> Vec<RunInfo> {
    let same = Some(SnapshotId("6".to_owned()));
    let long = "for index, user in ipairs(_home.users) do user.age = 2026 - user.born end";
    let typed =
        RunInfo { mode: RunMode::Console, changes: None, files_changed: 0, ..run("5", Ending::Returned(vec![])) };
    let unchanged =
        RunInfo { after: same, changes: Some(DiffTotals::default()), files_changed: 0, ..run("4", failure()) };
    let stopped = RunInfo { label: long.to_owned(), elapsed_millis: 61_000.0, ..run("3", Ending::Stopped) };
    let lost = RunInfo { after: None, changes: None, ..run("0", Ending::Lost { reason: None }) };
    let unsaved = RunInfo { after: None, changes: None, ..run("1", Ending::Returned(Vec::new())) };
    vec![typed, unchanged, stopped, run("2", Ending::Exited { status: 0 }), unsaved, lost]
}

/// All that is known of a run that failed.
pub fn run_details() -> RunDetails {
    let output = |stream, dropped_lines, text: &str| Output { stream, dropped_lines, text: text.to_owned() };
    let file = |path: &str, content: &[u8]| {
        SourcePath::parse(path).ok().map(|path| RunFile { path, content: content.to_vec() })
    };
    RunDetails {
        info: run("4", failure()),
        source: String::new(),
        files: [file("lib/json.lua", b"return {}"), file("data/logo.png", &[0xff, 0xd8])]
            .into_iter()
            .flatten()
            .collect(),
        input: "{ \"users\": 3 }".to_owned(),
        output: Some(encoded(&vec![output(Stream::Out, 0, "reading\n"), output(Stream::Err, 12, "no users\n")])),
        rest: encoded(&RunRest {
            traceback: "stack traceback:\n\tmain.lua:4: in main chunk".to_owned(),
            readings: Readings { lines: vec![Some("Ada".to_owned()), None], ..Readings::default() },
        }),
    }
}

fn encoded<T: Serialize + DeserializeOwned>(value: &T) -> Encoded<T> {
    Encoded::new(value).unwrap_or_else(|_| Encoded::from_bytes(Vec::new()))
}
