//! What the specimens show.

use wire::{
    ChunkLocation, Command, Event, EventBody, HistoryPosition, Key, Kind, Omission, OpenReport, Outcome, Reference,
    Request, RequestId, Row, RunMode, RunReport, SaveReport, SnapshotId, SnapshotInfo, SnapshotKind, SourcePath, Step,
    Summary,
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
    HistoryPosition { head, undo: Some("_home.users = {}".to_owned()), redo: None }
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
