use wire::{
    Call, ChunkLocation, Command, Event, EventBody, FaultKind, History, HistoryEvent, Omission, OpenReport, Outcome,
    Output, Reply, Request, RequestId, RunId, RunList, RunMode, RunReport, SaveReport, SaveSnapshot, ScriptError,
    Settings, SnapshotId, Stage, Stream,
};

use super::*;
use crate::{
    client::Disconnect,
    console_buffer::{Body, RunHead, Severity},
    samples,
};

/// A page without a browser: what happens to the state, and what it then is.
struct Page {
    state: State,
    _owner: Owner,
}

fn page() -> Page {
    let owner = Owner::new();
    owner.set();
    let clock = Clock { now_millis: || 5_000.0, moment: |millis| format!("moment {millis}") };
    Page { state: State::new(1000, clock), _owner: owner }
}

/// One whose worker has opened an empty `_home`.
fn opened() -> Page {
    let page = page();
    page.receive(0, EventBody::Opened(OpenReport::default()));
    page
}

const PROGRAM: u32 = 10;

impl Page {
    fn receive(&self, request: u32, body: EventBody) {
        self.state.apply(ClientEvent::Received(Event { request: Some(RequestId(request)), body }));
    }

    fn send(&self, request: u32, command: Command) {
        self.state.apply(ClientEvent::Sent(Request { id: RequestId(request), command }));
    }

    fn send_run(&self, request: u32, mode: RunMode) {
        self.send(request, Command::Run { source: "x = 1".into(), chunk: "main.lua".into(), mode });
    }

    /// Sends a run and has it begin.
    fn start(&self, request: u32) {
        self.send_run(request, RunMode::Program);
        self.receive(request, EventBody::RunStarted);
    }

    fn finish(&self, request: u32, outcome: Outcome) {
        let report = RunReport { outcome, elapsed_millis: 12.0, memory_bytes: 34 };
        self.receive(request, EventBody::RunFinished(report));
    }

    fn disconnect(&self, reason: Disconnect) {
        self.state.apply(ClientEvent::Disconnected(reason));
    }

    fn status(&self) -> Status {
        self.state.status().get_untracked()
    }

    fn detail(&self) -> String {
        self.state.detail().get_untracked().unwrap_or_default()
    }

    /// What the console holds, an entry a line.
    fn console(&self) -> Vec<String> {
        let read = |body: &Body| match body {
            Body::Printed { line, .. } => format!("line {}", line.text),
            Body::Run(RunHead { what, at_millis, elapsed_millis: None, .. }) => {
                format!("{what} runs since {at_millis}")
            }
            Body::Run(RunHead { what, elapsed_millis: Some(elapsed), kept, .. }) => {
                format!("{what} took {elapsed}{}", kept.as_ref().map_or("", |_| ", kept"))
            }
            Body::Echo(line) => format!("> {line}"),
            Body::Input(line) => format!("? {line}"),
            Body::Text(block) => block.text.to_string(),
            Body::Omitted(lines) => format!("{lines} left out"),
            Body::Returned { values, .. } => format!("returned {}", values.len()),
            Body::Failed(error) => format!("failed {}", error.message),
            Body::Note { severity: Severity::Info, text } => format!("info {text}"),
            Body::Note { severity: Severity::Warning, text } => format!("warning {text}"),
            Body::Note { severity: Severity::Error, text } => format!("error {text}"),
        };
        self.state.console().with_untracked(|console| console.entries().map(|entry| read(&entry.body)).collect())
    }

    fn last_line(&self) -> String {
        self.console().pop().unwrap_or_default()
    }
}

fn returned() -> Outcome {
    Outcome::Returned(Vec::new())
}

fn snapshot(id: &str) -> SnapshotInfo {
    SnapshotInfo { created_millis: 1.0, byte_size: 2, value_count: 3, ..samples::named(id) }
}

fn saved(snapshot: SnapshotInfo) -> EventBody {
    EventBody::HomeSaved(SaveReport { snapshot, is_new: true, removed: Vec::new(), missing_globals: Vec::new() })
}

fn fault(kind: FaultKind) -> EventBody {
    EventBody::Faulted(Fault { kind, message: "no".into() })
}

fn history(event: HistoryEvent) -> EventBody {
    EventBody::History(event)
}

#[test]
fn opening_makes_the_page_ready_and_says_what_is_stored() {
    let page = page();
    assert_eq!(page.status(), Status::Starting);
    let opening = OpenReport {
        restored: Some(snapshot("a")),
        problem: None,
        snapshots: vec![snapshot("a")],
        access: Access::ReadOnly,
    };
    page.receive(0, EventBody::Opened(opening));
    assert_eq!(page.status(), Status::Ready);
    assert_eq!(page.state.saved().get_untracked(), Saved::As(snapshot("a")));
    assert_eq!(page.state.snapshots().get_untracked().len(), 1);
    assert!(!page.state.is_writer().get_untracked() && !page.state.may_write().get_untracked());
    assert_eq!((page.state.home_revision().get_untracked(), page.state.openings().get_untracked()), (1, 1));
}

#[test]
fn a_problem_with_opening_is_told() {
    let page = page();
    page.receive(0, EventBody::Opened(OpenReport { problem: Some("gone".into()), ..OpenReport::default() }));
    assert_eq!((page.status(), page.detail().as_str()), (Status::Failed, "see the console"));
    assert_eq!(page.console(), ["error gone"]);
}

#[test]
fn a_program_waits_runs_ends_and_is_saved() {
    let page = opened();
    page.send_run(PROGRAM, RunMode::Program);
    assert_eq!(page.status(), Status::Queued);
    assert!(page.state.is_running().get_untracked() && !page.state.may_write().get_untracked());
    assert!(page.console().is_empty());
    page.receive(PROGRAM, EventBody::RunStarted);
    assert_eq!(page.status(), Status::Running { since_millis: 5_000.0 });
    let text = Output { stream: Stream::Out, dropped_lines: 0, text: "hello\n".into() };
    page.receive(PROGRAM, EventBody::Printed(text));
    page.finish(PROGRAM, returned());
    assert_eq!(page.status(), Status::Ready);
    assert!(page.state.is_saving().get_untracked() && !page.state.is_running().get_untracked());
    assert_eq!(page.state.usage().get_untracked(), Some(Usage { elapsed_millis: 12.0, memory_bytes: 34 }));
    page.receive(PROGRAM, saved(snapshot("after")));
    assert!(!page.state.is_saving().get_untracked());
    assert_eq!(page.state.saved().get_untracked(), Saved::As(snapshot("after")));
    assert_eq!(page.state.snapshots().get_untracked(), [snapshot("after")]);
    assert_eq!(page.console(), ["main.lua took 12", "hello\n"]);
}

#[test]
fn a_line_of_the_console_is_echoed_at_once() {
    let page = opened();
    page.send_run(PROGRAM, RunMode::Console);
    assert_eq!(page.console(), ["> x = 1"]);
    page.receive(PROGRAM, EventBody::RunStarted);
    page.finish(PROGRAM, returned());
    assert_eq!(page.console(), ["> x = 1"]);
}

#[test]
fn the_beginning_of_a_statement_runs_nothing_and_saves_nothing() {
    let page = opened();
    page.send_run(PROGRAM, RunMode::Console);
    page.receive(PROGRAM, EventBody::RunStarted);
    page.finish(PROGRAM, Outcome::Incomplete);
    assert_eq!(page.status(), Status::Ready);
    assert!(!page.state.is_saving().get_untracked());
    // The prompt gets the text back, and the console does not show what did not run.
    assert!(page.console().is_empty());
    assert_eq!(page.state.unfinished().get_untracked().as_deref(), Some("x = 1"));
    page.state.apply(StateEvent::UnfinishedTaken);
    assert_eq!(page.state.unfinished().get_untracked(), None);
}

#[test]
fn a_failed_program_is_marked_where_it_failed() {
    let page = opened();
    page.start(PROGRAM);
    let location = ChunkLocation { chunk: "main.lua".into(), line: 3 };
    let error = ScriptError { message: "bad".into(), location: Some(location.clone()), traceback: String::new() };
    page.finish(PROGRAM, Outcome::Failed(error));
    assert_eq!(page.status(), Status::Failed);
    let mark = ErrorMark { location: location.source().expect("a file"), message: "bad".into() };
    assert_eq!(page.state.error_mark().get_untracked(), Some(mark));
    page.send_run(PROGRAM + 1, RunMode::Program);
    assert_eq!(page.state.error_mark().get_untracked(), None);
}

#[test]
fn a_soft_stop_says_that_home_is_as_the_program_left_it() {
    let page = opened();
    page.start(PROGRAM);
    page.finish(PROGRAM, Outcome::Stopped);
    assert_eq!((page.status(), page.detail().as_str()), (Status::Stopped, "_home is as the program left it"));
}

#[test]
fn a_withdrawn_run_says_that_it_had_not_begun() {
    let page = opened();
    page.start(PROGRAM);
    page.finish(PROGRAM, returned());
    page.send_run(PROGRAM + 1, RunMode::Program);
    page.receive(PROGRAM + 1, EventBody::Cancelled);
    assert_eq!(page.status(), Status::Stopped);
    assert!(page.last_line().contains("had not begun, and _home is unchanged"), "{}", page.last_line());
    // The save of the run before goes on.
    assert!(page.state.is_saving().get_untracked());
    page.receive(PROGRAM, saved(snapshot("kept")));
    assert_eq!(page.state.saved().get_untracked(), Saved::As(snapshot("kept")));
    // An event of another request means nothing to a run.
    page.start(PROGRAM + 2);
    page.receive(PROGRAM + 1, EventBody::Cancelled);
    assert_eq!(page.status(), Status::Running { since_millis: 5_000.0 });
}

#[test]
fn a_hard_stop_tells_the_truth_about_home() {
    let cases = [
        (Access::Writer, None, "_home is as it was before this run"),
        (Access::Writer, Some(FaultKind::StorageFull), "_home is as it was last saved, and what changed since is gone"),
        (Access::ReadOnly, None, "_home is as it was last saved, and what changed since is gone"),
    ];
    for (access, failure, expected) in cases {
        let page = page();
        page.receive(0, EventBody::Opened(OpenReport { access, ..OpenReport::default() }));
        page.start(PROGRAM);
        page.finish(PROGRAM, returned());
        page.receive(PROGRAM, failure.map_or_else(|| saved(snapshot("a")), fault));
        page.start(PROGRAM + 1);
        page.disconnect(Disconnect::Stopped);
        assert_eq!((page.status(), page.detail().as_str()), (Status::Stopped, expected));
        assert_eq!(page.last_line(), format!("warning Stopped: {expected}; globals are gone."));
        // The next worker does not hide how the run ended.
        page.receive(50, EventBody::Opened(OpenReport::default()));
        assert_eq!(page.status(), Status::Stopped);
    }
}

#[test]
fn losing_the_worker_ends_everything_that_was_under_way() {
    for reason in [Disconnect::Crashed("trap".into()), Disconnect::Unavailable("none".into()), Disconnect::Stopped] {
        let page = opened();
        page.start(PROGRAM);
        page.receive(PROGRAM, EventBody::InputAwaited);
        assert!(page.state.awaits_input().get_untracked());
        let progress = Progress { stage: Stage::Storing, done: 1, total: 2 };
        page.receive(PROGRAM, EventBody::Progressed(progress));
        page.disconnect(reason.clone());
        let state = page.state;
        assert!(!state.awaits_input().get_untracked() && !state.is_running().get_untracked());
        assert!(!state.is_saving().get_untracked() && state.progress().get_untracked().is_none());
        assert!(!page.detail().is_empty() && !page.last_line().is_empty(), "{reason:?}");
        // What the old worker still says of its run changes nothing.
        let before = page.status();
        page.finish(PROGRAM, returned());
        assert_eq!(page.status(), before);
    }
}

#[test]
fn progress_is_shown_until_its_request_ends() {
    let progress = Progress { stage: Stage::Reading, done: 0, total: 2 };
    let begin = |page: &Page| {
        page.receive(PROGRAM, EventBody::Progressed(progress));
        assert_eq!(page.state.progress().get_untracked(), Some((RequestId(PROGRAM), progress)));
    };
    let ends = [
        ClientEvent::Answered(RequestId(PROGRAM)),
        ClientEvent::Received(Event {
            request: Some(RequestId(PROGRAM)),
            body: history(HistoryEvent::SnapshotsListed(Vec::new())),
        }),
        ClientEvent::Received(Event { request: Some(RequestId(PROGRAM)), body: fault(FaultKind::Other) }),
        ClientEvent::Received(Event {
            request: Some(RequestId(PROGRAM)),
            body: history(HistoryEvent::HistoryChanged(HistoryPosition::default())),
        }),
    ];
    for end in ends {
        let page = opened();
        begin(&page);
        page.state.apply(ClientEvent::Answered(RequestId(PROGRAM + 1)));
        assert_eq!(page.state.progress().get_untracked(), Some((RequestId(PROGRAM), progress)), "of another request");
        page.state.apply(end);
        assert_eq!(page.state.progress().get_untracked(), None);
    }
}

#[test]
fn the_head_of_a_run_knows_what_the_journal_keeps_of_it() {
    let page = opened();
    page.start(PROGRAM);
    page.finish(PROGRAM, returned());
    page.receive(PROGRAM, history(HistoryEvent::RunKept(samples::run("1"))));
    assert_eq!(page.console(), ["main.lua took 12, kept"]);
    page.send_run(PROGRAM + 1, RunMode::Console);
    page.receive(PROGRAM + 1, EventBody::RunStarted);
    page.finish(PROGRAM + 1, returned());
    page.receive(PROGRAM + 1, history(HistoryEvent::RunKept(samples::run("2"))));
    assert!(!page.console().iter().any(|line| line.ends_with("kept") && !line.starts_with("main.lua")));
}

#[test]
fn a_save_that_failed_is_told_also_when_the_next_run_waits() {
    for kind in [FaultKind::StorageFull, FaultKind::StorageFailed, FaultKind::NewerDatabase] {
        let page = opened();
        page.start(PROGRAM);
        page.finish(PROGRAM, returned());
        page.send_run(PROGRAM + 1, RunMode::Program);
        page.receive(PROGRAM, fault(kind));
        assert_eq!(page.state.saved().get_untracked(), Saved::Failed("no".into()));
        assert!(!page.state.is_saving().get_untracked());
        assert!(page.state.unsaved().get_untracked().is_some());
        assert_eq!(page.status(), Status::Queued);
        page.state.apply(StateEvent::UnsavedDismissed);
        assert!(page.state.unsaved().get_untracked().is_none());
    }
}

#[test]
fn that_a_tab_does_not_save_is_not_an_error_of_each_run() {
    let page = opened();
    page.start(PROGRAM);
    page.finish(PROGRAM, returned());
    page.receive(PROGRAM, fault(FaultKind::ReadOnly));
    assert_eq!(page.state.saved().get_untracked(), Saved::Nothing);
    assert!(!page.state.is_saving().get_untracked());
    assert_eq!(page.last_line(), "main.lua took 12");
}

#[test]
fn a_fault_belongs_to_what_was_asked() {
    // A run that could not begin.
    let page = opened();
    page.send_run(PROGRAM, RunMode::Program);
    page.receive(PROGRAM, fault(FaultKind::Other));
    assert_eq!(page.status(), Status::Failed);
    // Something else, while a program runs.
    let page = opened();
    page.start(PROGRAM);
    page.receive(PROGRAM - 1, fault(FaultKind::Other));
    assert_eq!(page.status(), Status::Running { since_millis: 5_000.0 });
    assert_eq!(page.last_line(), "error no");
    // Requests to the snapshots, whose pane says why.
    let page = opened();
    page.send(20, Command::History(History::UndoRun { with_files: true }));
    page.receive(20, fault(FaultKind::Other));
    assert_eq!(page.state.snapshot_problem().get_untracked(), Some("no".into()));
    page.send(21, SaveSnapshot { name: "n".into() }.into_command());
    assert_eq!(page.state.snapshot_problem().get_untracked(), None);
    let fault_of_store = Fault { kind: FaultKind::StorageFailed, message: "not stored".into() };
    page.state.apply(StateEvent::SnapshotsFailed(CallError::Failed(fault_of_store)));
    assert_eq!(page.state.snapshot_problem().get_untracked(), Some("not stored".into()));
    assert_eq!(page.last_line(), "error not stored");
    assert!(page.state.unsaved().get_untracked().is_some());
    assert_eq!(page.status(), Status::Ready);
    // Before anything is open.
    let page = self::page();
    page.receive(0, fault(FaultKind::Other));
    assert_eq!(page.status(), Status::Failed);
}

#[test]
fn a_restored_snapshot_is_what_home_is_until_its_checkpoint_fails() {
    let page = opened();
    let revision = page.state.home_revision().get_untracked();
    page.send(20, Command::History(History::RestoreSnapshot { id: SnapshotId("a".into()) }));
    page.receive(20, history(HistoryEvent::SnapshotRestored(snapshot("a"))));
    assert_eq!(page.state.saved().get_untracked(), Saved::As(snapshot("a")));
    assert_eq!(page.state.home_revision().get_untracked(), revision + 1);
    assert_eq!(page.last_line(), "info _home is now as in “a”.");
    assert!(page.state.is_saving().get_untracked());
    page.receive(20, fault(FaultKind::StorageFull));
    assert_eq!(page.state.saved().get_untracked(), Saved::Failed("no".into()));
}

#[test]
fn history_moves_home_and_says_so() {
    let page = opened();
    let position = HistoryPosition { head: None, undo: Some("x = 1".into()), ..HistoryPosition::default() };
    page.receive(30, history(HistoryEvent::HistoryChanged(position)));
    assert!(page.state.can_undo().get_untracked() && !page.state.can_redo().get_untracked());
    page.receive(30, history(HistoryEvent::RunUndone(None)));
    assert_eq!(page.state.saved().get_untracked(), Saved::Nothing);
    page.receive(31, history(HistoryEvent::RunRedone(snapshot("b"))));
    assert_eq!(page.state.saved().get_untracked(), Saved::As(snapshot("b")));
    page.receive(31, history(HistoryEvent::WentTo(snapshot("d"))));
    assert_eq!(page.state.saved().get_untracked(), Saved::As(snapshot("d")));
    assert_eq!(page.last_line(), "info _home is now as it was after “d”.");
    let checkpoint = SnapshotInfo { kind: SnapshotKind::Checkpoint { label: "x".into() }, ..snapshot("c") };
    page.receive(32, history(HistoryEvent::PathRestored { snapshot: checkpoint, path: "_home.x".into() }));
    assert_eq!(page.last_line(), "info _home.x is now as in the checkpoint of moment 1.");
    page.receive(33, history(HistoryEvent::FunctionEdited { path: "_home.f".into() }));
    assert_eq!(page.last_line(), "info _home.f has its new text. Undo run takes it back.");
    assert_eq!(page.state.home_revision().get_untracked(), 6);
    page.send_run(PROGRAM, RunMode::Program);
    assert!(!page.state.can_undo().get_untracked());
}

#[test]
fn another_tab_may_take_over() {
    let page = opened();
    page.receive(30, history(HistoryEvent::AccessChanged(Access::ReadOnly)));
    assert!(!page.state.is_writer().get_untracked());
    assert!(page.last_line().starts_with("warning Another tab"));
    page.receive(30, history(HistoryEvent::AccessChanged(Access::Vacant)));
    assert_eq!(page.state.access().get_untracked(), Access::Vacant);
    assert_eq!(page.console().len(), 1);
}

#[test]
fn all_values_that_cannot_be_saved_are_counted_and_told_once() {
    let page = opened();
    let omission = Omission { path: "_home.co".into(), kind: "coroutine".into() };
    let with_omissions = SnapshotInfo { omissions: vec![omission; 1000], omission_count: 2500, ..snapshot("a") };
    for run in [PROGRAM, PROGRAM + 1] {
        page.start(run);
        page.finish(run, returned());
        page.receive(run, saved(with_omissions.clone()));
    }
    let told: Vec<_> = page.console().into_iter().filter(|line| line.contains("cannot be saved")).collect();
    assert_eq!(told.len(), 1);
    assert!(
        told[0].starts_with("warning 2,500 values of _home cannot be saved:\n_home.co: coroutine\n"),
        "{}",
        told[0]
    );
    assert!(told[0].ends_with("\n…"));
}

#[test]
fn missing_globals_are_told_when_they_change() {
    let page = opened();
    let report = |name: &str| SaveReport {
        snapshot: snapshot("a"),
        is_new: false,
        removed: vec![SnapshotId("old".into())],
        missing_globals: vec![MissingGlobal { path: "_home.f".into(), name: name.into() }],
    };
    page.receive(0, history(HistoryEvent::SnapshotsListed(vec![snapshot("a"), snapshot("old")])));
    for name in ["g", "g", "h"] {
        page.receive(PROGRAM, EventBody::HomeSaved(report(name)));
    }
    assert_eq!(page.console().len(), 2);
    assert_eq!(page.state.snapshots().get_untracked(), [snapshot("a")]);
    assert_eq!(page.state.missing_globals().get_untracked()[0].name, "h");
}

#[test]
fn what_was_not_saved_is_told_until_it_is_dismissed() {
    let page = opened();
    page.receive(PROGRAM, fault(FaultKind::StorageFull));
    assert!(page.state.unsaved().get_untracked().is_some());
    page.state.apply(StateEvent::UnsavedDismissed);
    assert!(page.state.unsaved().get_untracked().is_none());
}

#[test]
fn input_is_shown_and_refused_input_is_told() {
    let page = opened();
    page.start(PROGRAM);
    page.receive(PROGRAM, EventBody::InputAwaited);
    page.state.apply(StateEvent::InputAnswered(Some("line".into())));
    assert!(!page.state.awaits_input().get_untracked());
    assert_eq!(page.last_line(), "? line");
    page.receive(PROGRAM, EventBody::InputAwaited);
    page.state.apply(StateEvent::InputAnswered(None));
    assert_eq!(page.last_line(), "? line");
    page.state.apply(StateEvent::InputRefused("at 1".into()));
    assert_eq!(page.status(), Status::Failed);
    assert!(page.last_line().contains("its input is not JSON: at 1."));
}

#[test]
fn refusals_are_told_where_they_belong() {
    let page = opened();
    page.state.apply(StateEvent::SnapshotRefused("not imported".into()));
    assert_eq!(page.state.snapshot_problem().get_untracked(), Some("not imported".into()));
    page.state.apply(StateEvent::Refused("not copied".into()));
    assert_eq!(page.last_line(), "error not copied");
    page.state.apply(StateEvent::ConsoleCleared);
    assert!(page.console().is_empty());
    page.state.apply(StateEvent::LineLimitChosen(1));
    for line in 0..2000 {
        let text = Output { stream: Stream::Out, dropped_lines: 0, text: format!("{line}\n") };
        page.receive(PROGRAM, EventBody::Printed(text));
    }
    assert!(page.state.console().with_untracked(ConsoleBuffer::dropped_lines) > 1000);
}

/// Events that answer somebody, or are the client's, change nothing that is shown.
#[test]
fn answers_are_not_news() {
    let page = opened();
    page.send(1, Command::ChangeSettings(Settings::default()));
    let answers = [
        EventBody::Replied(Reply::Inspect(None)),
        EventBody::Replied(Reply::Import(snapshot("a"))),
        EventBody::Replied(Reply::DeleteSnapshot(())),
        EventBody::Started { build_id: String::new() },
        EventBody::Replied(Reply::RenameSnapshot(snapshot("a"))),
    ];
    let revision = page.state.home_revision().get_untracked();
    for answer in answers {
        page.receive(1, answer);
    }
    assert_eq!(page.status(), Status::Ready);
    assert!(page.console().is_empty());
    assert_eq!(page.state.home_revision().get_untracked(), revision);
}

/// Reading makes no new signals, so that it leaves nothing behind where nobody cleans up.
#[test]
fn signals_are_made_once() {
    let page = opened();
    let state = page.state;
    assert_eq!(state.status(), state.status());
    assert_eq!(state.is_running(), state.is_running());
    assert_eq!(state.may_write(), state.may_write());
    assert_eq!(state.console(), state.console());
    assert_eq!(state.progress(), state.progress());
}

/// The ids of the runs that are known, and whether they are to be asked for.
fn runs(page: &Page) -> (Vec<String>, bool) {
    let journal = page.state.journal().get_untracked();
    (journal.runs.into_iter().map(|run| run.id.0).collect(), !journal.is_current)
}

fn listed(ids: &[&str], has_more: bool) -> RunList {
    RunList { runs: ids.iter().map(|id| samples::run(id)).collect(), has_more }
}

fn kept(id: &str) -> EventBody {
    history(HistoryEvent::RunKept(samples::run(id)))
}

#[test]
fn a_kept_run_is_the_first_of_those_that_are_known() {
    let page = opened();
    page.receive(PROGRAM, kept("4"));
    assert_eq!(runs(&page), (vec![], true), "it is listed once somebody asks");
    page.state.apply(StateEvent::RunsListed(listed(&["4", "3"], true)));
    page.receive(PROGRAM, kept("5"));
    assert_eq!(runs(&page).0, ["5", "4", "3"]);
    page.state.apply(StateEvent::OlderRunsListed(listed(&["3", "2"], false)));
    assert_eq!(runs(&page), (["5", "4", "3", "2"].map(str::to_owned).to_vec(), false));
    assert!(!page.state.journal().get_untracked().has_more);
}

#[test]
fn another_worker_or_tab_makes_the_runs_old() {
    let page = opened();
    page.state.apply(StateEvent::RunsListed(listed(&["1"], false)));
    page.receive(0, EventBody::Opened(OpenReport::default()));
    page.receive(PROGRAM, kept("3"));
    // What is known stays until the answer is there; a gap in it would not be seen.
    assert_eq!(runs(&page), (vec!["1".to_owned()], true));
    page.state.apply(StateEvent::RunsListed(listed(&["3", "2", "1"], false)));
    assert_eq!(runs(&page).0, ["3", "2", "1"]);
}

#[test]
fn forgotten_runs_are_gone() {
    let page = opened();
    page.state.apply(StateEvent::RunsListed(listed(&["3", "2", "1"], true)));
    page.state.apply(StateEvent::RunsForgotten(Some(RunId("2".into()))));
    assert_eq!(runs(&page).0, ["3", "1"]);
    page.state.apply(StateEvent::RunsForgotten(None));
    assert_eq!(page.state.journal().get_untracked(), Journal { is_current: true, ..Journal::default() });
}
