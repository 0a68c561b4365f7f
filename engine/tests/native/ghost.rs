//! States are copied, things are tried out in the copies, and what came of them is made real.

use wire::{
    Call, Command, DiffTotals, Ending, EventBody, FileChange, Fork, Forked, History, HistoryEvent, Hold, KeepTrial,
    Limits, Load, Output, Reply, RunInfo, RunMode, Settings, SourcePath, Subject,
};

use crate::page::{Page, SharedStore};

fn new_page() -> Page {
    Page::open(&SharedStore::default())
}

/// A ghost whose runs end after a while.
fn new_ghost() -> Page {
    let mut ghost = new_page();
    let limits = Limits { time_millis: 200, ..Limits::default() };
    ghost.ask(Command::ChangeSettings(Settings { limits, ..Settings::default() }));
    ghost
}

fn fork_of(page: &mut Page, subject: Subject) -> Forked {
    let reply = page.ask(Fork { subject }.into_command()).pop();
    reply.and_then(Fork::reply_of).expect("an answer")
}

fn fork(page: &mut Page) -> Forked {
    fork_of(page, Subject::Home)
}

/// What came of a trial.
struct Trial {
    info: RunInfo,
    output: Vec<Output>,
    files: Vec<FileChange>,
}

fn try_out(ghost: &mut Page, state: Option<Forked>, source: &str, mode: RunMode) -> Trial {
    let loaded = ghost.ask(Load { state }.into_command());
    assert!(matches!(&loaded[..], [EventBody::Replied(Reply::Load(()))]), "{loaded:?}");
    let chunk = if mode == RunMode::Program { "main.lua" } else { "console" };
    let events = ghost.ask(Command::Run { source: source.into(), chunk: chunk.into(), mode });
    let (mut output, mut files, mut info) = (Vec::new(), Vec::new(), None);
    for event in events {
        match event {
            EventBody::Printed(printed) => output.push(printed),
            EventBody::FilesChanged(changes) => files = changes,
            EventBody::History(HistoryEvent::RunTried(tried)) => info = Some(tried),
            EventBody::RunStarted | EventBody::RunFinished(_) => {}
            other => panic!("{other:?}"),
        }
    }
    Trial { info: info.expect("RunTried"), output, files }
}

fn try_line(ghost: &mut Page, state: Option<Forked>, source: &str) -> Trial {
    try_out(ghost, state, source, RunMode::Console)
}

/// What a line returns, or why it fails.
fn returned(ghost: &mut Page, state: Option<Forked>, source: &str) -> String {
    match try_line(ghost, state, source).info.ending {
        Ending::Returned(values) => values.join(", "),
        Ending::Failed { message, .. } => message,
        other => format!("{other:?}"),
    }
}

fn refusal(events: &[EventBody]) -> &str {
    let [EventBody::Faulted(fault)] = events else { panic!("{events:?}") };
    &fault.message
}

#[test]
fn what_lives_outside_of_home_is_in_the_copy() {
    for (program, source, expected) in [
        ("x = 5", "x", "5"),
        ("_home.t = {}; t = _home.t", "t == _home.t", "true"),
        ("function string.shout(s) return s:upper() .. '!' end", "('a'):shout()", "\"A!\""),
        ("print = nil; function print() return 'mine' end", "print()", "\"mine\""),
        ("next, type, rawset, setmetatable = nil", "6 * 7", "42"),
        ("package.loaded.m = { n = 3 }", "require 'm'.n", "3"),
        ("setmetatable(_G, { __index = function(_, k) return 'no ' .. k end })", "foo", "\"no foo\""),
        ("setmetatable(_G, { __newindex = error, __index = error })", "_home ~= nil", "true"),
        ("_io.output = { 1, 2 }", "#_io.output", "2"),
        ("local n = 0; function _home.next() n = n + 1; return n end _home.next()", "_home.next()", "2"),
        ("local n = 0; function f() n = n + 1 end function g() return n end", "f() or f() or g()", "2"),
        ("", "math.pi > 3 and io.stdout ~= nil and string.rep('a', 2)", "\"aa\""),
        ("", "Memory == _home", "true"),
        ("Memory = 1", "Memory", "1"),
        ("_G[1] = 'one'", "_G[1]", "\"one\""),
    ] {
        let (mut page, mut ghost) = (new_page(), new_ghost());
        page.prints(program);
        let state = fork(&mut page);
        assert_eq!(returned(&mut ghost, Some(state), source), expected, "{program}: {source}");
    }
}

#[test]
fn random_numbers_are_those_that_come_next() {
    let (mut page, mut ghost) = (new_page(), new_ghost());
    let state = fork(&mut page);
    let tried = returned(&mut ghost, Some(state), "math.random(1000000)");
    assert_eq!(page.prints("print(math.random(1000000))"), format!("{tried}\n"));
}

#[test]
fn a_trial_says_what_it_would_change_and_changes_nothing() {
    let (mut page, mut ghost) = (new_page(), new_ghost());
    page.prints("_home.users = { ada = 1, alan = 2 }");
    let state = fork(&mut page);
    let source = "_home.users.ada = 3; _home.n = 1; _home.users.alan = nil; print('hello')";
    let trial = try_line(&mut ghost, Some(state), source);
    assert_eq!(trial.info.changes, Some(DiffTotals { added: 1, removed: 1, changed: 1 }));
    assert_eq!(trial.output.iter().map(|output| output.text.as_str()).collect::<String>(), "hello\n");
    // The next one begins with the same state, and the page has its own.
    let trial = try_line(&mut ghost, None, "_home.users.ada, _home.n");
    assert_eq!(trial.info.changes, Some(DiffTotals::default()));
    assert_eq!(trial.info.ending, Ending::Returned(vec!["1".into(), "nil".into()]));
    assert_eq!(page.prints("print(_home.users.ada, _home.n)"), "1\tnil\n");
}

#[test]
fn changes_are_counted_in_large_states_as_well() {
    let (mut page, mut ghost) = (new_page(), new_ghost());
    page.prints("for i = 1, 40000 do _home[i] = i end");
    let state = fork(&mut page);
    let trial = try_line(&mut ghost, Some(state), "_home[7] = 'seven'");
    assert_eq!(trial.info.changes, Some(DiffTotals { added: 0, removed: 0, changed: 1 }));
}

#[test]
fn a_trial_that_does_not_end_is_ended_and_one_that_fails_says_why() {
    let (mut page, mut ghost) = (new_page(), new_ghost());
    let state = fork(&mut page);
    let endless = returned(&mut ghost, Some(state), "while true do end");
    assert!(endless.contains("time limit"), "{endless}");
    assert!(returned(&mut ghost, None, "nothing.x").contains("'nothing'"));
    assert_eq!(returned(&mut ghost, None, "1 + 1"), "2");
}

#[test]
fn a_trial_that_reads_is_told_why_it_gets_nothing() {
    let mut ghost = new_ghost();
    let state = fork(&mut new_page());
    let trial = try_line(&mut ghost, Some(state), "io.read()");
    assert_eq!(trial.output[0].text, "io.read returns nil: a dry run cannot wait for input\n");
    assert_eq!(trial.info.ending, Ending::Returned(vec!["nil".into()]));
}

#[test]
fn a_trial_leaves_files_as_they_are() {
    let mut ghost = new_ghost();
    let state = fork(&mut new_page());
    let path = SourcePath::parse("m.lua").unwrap();
    let source = "io.open('m.lua', 'w'):write('return 8'):close(); return require 'm'";
    ghost.ask(Command::SetFiles(vec![FileChange { path, content: Some(b"return 7".to_vec()) }]));
    let trial = try_line(&mut ghost, Some(state), source);
    assert_eq!(trial.info.ending, Ending::Returned(vec!["8".into(), "\"m.lua\"".into()]));
    assert_eq!(trial.files[0].content.as_deref(), Some(&b"return 8"[..]));
    assert_eq!(returned(&mut ghost, None, "(require 'm')"), "7");
}

#[test]
fn a_snapshot_can_be_tried() {
    let (mut page, mut ghost) = (new_page(), new_ghost());
    page.prints("_home.n = 1; x = 2");
    let snapshot = page.save("first");
    page.prints("_home.n = 5");
    let state = fork_of(&mut page, Subject::Snapshot(snapshot.id));
    assert_eq!(state.random_state, None);
    assert_eq!(returned(&mut ghost, Some(state), "_home.n, x"), "1, nil");
}

#[test]
fn what_cannot_be_copied_is_counted() {
    let mut page = new_page();
    page.prints("_home.n = 1");
    assert_eq!(fork(&mut page).omission_count, 0);
    page.prints("co = coroutine.running(); _home.co = co");
    assert_eq!(fork(&mut page).omission_count, 2);
}

#[test]
fn a_copy_that_is_damaged_is_refused() {
    let (mut page, mut ghost) = (new_page(), new_ghost());
    page.prints("_home.n = 1");
    let state = fork(&mut page);
    assert_eq!(refusal(&ghost.ask(Load { state: None }.into_command())), "There is no state to try this in.");
    let bytes = state.bytes[..state.bytes.len() - 2].to_vec();
    refusal(&ghost.ask(Load { state: Some(Forked { bytes, ..state.clone() }) }.into_command()));
    refusal(&page.ask(Hold { state: Forked { bytes: Vec::new(), ..state.clone() } }.into_command()));
    // A snapshot that passes for all that lives.
    let snapshot = page.save("home");
    let snapshot = fork_of(&mut page, Subject::Snapshot(snapshot.id));
    let whole = Forked { random_state: Some([1; 4]), ..snapshot };
    refusal(&ghost.ask(Load { state: Some(whole) }.into_command()));
    assert_eq!(returned(&mut ghost, Some(state), "_home.n"), "1");
}

/// Tries a program out in a copy of the page's state, and has the page hold what came of it.
fn dry_run(page: &mut Page, source: &str) -> KeepTrial {
    let mut ghost = new_ghost();
    let state = fork(page);
    let Trial { info, output, files } = try_out(&mut ghost, Some(state), source, RunMode::Program);
    let held = page.ask(Hold { state: fork(&mut ghost) }.into_command());
    assert!(matches!(&held[..], [EventBody::Replied(Reply::Hold(()))]), "{held:?}");
    KeepTrial { info: Box::new(info), source: source.into(), input: String::new(), output, files }
}

#[test]
fn what_a_trial_made_of_a_state_can_be_seen_and_made_real_without_running_it_again() {
    let mut page = new_page();
    page.prints("_home.n = 1; function _home.next() _home.n = _home.n + 1; return _home.n end; x = 'old'");
    let source = "x = 'new'; print(_home.next()); last = os.time() io.open('a.txt', 'w'):write('text'):close()";
    let trial = dry_run(&mut page, source);
    assert_eq!(page.rows(Subject::Trial, &[])[0], "n: 2");
    assert_eq!(page.rows(Subject::Home, &[])[0], "n: 1");
    let (mut files, mut kept) = (Vec::new(), None);
    for event in page.ask(trial.clone().into_command()) {
        match event {
            EventBody::FilesChanged(changes) => files = changes,
            EventBody::History(HistoryEvent::RunKept(info)) => kept = Some(info),
            EventBody::RunStarted | EventBody::Printed(_) => panic!("it ran again"),
            _ => {}
        }
    }
    let kept = kept.expect("a run in the journal");
    assert_eq!((kept.label, kept.changes, kept.files_changed), (trial.info.label.clone(), trial.info.changes, 1));
    assert_eq!(files[0].content.as_deref(), Some(&b"text"[..]));
    let line = "print(x, last ~= nil, _home.next(), io.open('a.txt'):read('a'))";
    assert_eq!(page.prints(line), "new\ttrue\t3\ttext\n");
    // It is one step of history.
    page.ask(Command::History(History::UndoRun { with_files: true }));
    page.ask(Command::History(History::UndoRun { with_files: true }));
    assert_eq!(page.prints("print(_home.n, (io.open('a.txt')))"), "1\tnil\n");
    let again = page.ask(trial.into_command());
    assert_eq!(refusal(&again), "The dry run cannot be kept: it is not there any more.");
}

#[test]
fn what_is_held_of_another_state_is_not_made_real() {
    let mut page = new_page();
    page.prints("_home.n = 1");
    let trial = dry_run(&mut page, "_home.n = 2");
    page.prints("_home.n = 5");
    assert!(refusal(&page.ask(trial.into_command())).contains("the state has changed since"));
    assert_eq!(page.prints("print(_home.n)"), "5\n");

    page.prints("co = coroutine.running()");
    let trial = dry_run(&mut page, "_home.n = 2");
    assert!(refusal(&page.ask(trial.into_command())).contains("cannot be copied"));
    assert_eq!(page.prints("print(_home.n, type(co))"), "5\tthread\n");

    let (mut one, mut other) = (new_page(), new_page());
    let trial = dry_run(&mut one, "_home.n = 2");
    let state = fork(&mut one);
    other.ask(Hold { state }.into_command());
    assert!(refusal(&other.ask(trial.into_command())).contains("the state has changed since"));
}

#[test]
fn what_removes_globals_or_breaks_home_is_made_real_as_well() {
    let mut page = new_page();
    page.prints("x, y, _home.n = 1, 2, 3");
    let trial = dry_run(&mut page, "x = nil; _home.n = nil");
    page.ask(trial.into_command());
    assert_eq!(page.prints("print(x, y, _home.n)"), "nil\t2\tnil\n");
}
