//! The journal of runs.

use engine::store::{PieceRef, RunRecord, StoreError};
use wire::*;

use crate::files::{LIBRARY, path, set};
use crate::golden::golden;
use crate::page::{Page, SharedStore};

fn list(page: &mut Page) -> Vec<RunInfo> {
    let events = page.ask(ListRuns { before: None, limit: 100 }.into_command());
    let [EventBody::Replied(Reply::ListRuns(list))] = &events[..] else { panic!("{events:?}") };
    list.runs.clone()
}

fn show(page: &mut Page, run: &RunInfo) -> Option<RunDetails> {
    let events = page.ask(ShowRun { id: run.id.clone() }.into_command());
    let [EventBody::Replied(Reply::ShowRun(details))] = &events[..] else { panic!("{events:?}") };
    details.clone().map(|details| *details)
}

fn newest(page: &mut Page) -> RunDetails {
    let run = list(page).remove(0);
    show(page, &run).unwrap()
}

fn forget(page: &mut Page, ids: Option<Vec<RunId>>) {
    let events = page.ask(ForgetRuns { ids }.into_command());
    assert_eq!(events, [EventBody::Replied(Reply::ForgetRuns(()))]);
}

fn readings(run: &RunDetails) -> Readings {
    run.rest.decode().unwrap().readings
}

fn text(output: Option<Encoded<Vec<Output>>>) -> String {
    output.unwrap().decode().unwrap().into_iter().map(|it| it.text).collect()
}

#[test]
fn every_run_is_kept_with_its_states_and_what_it_changed() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.a, _home.b = 1, 2");
    page.run("\n -- a comment\n_home.a, _home.b, _home.c, _home.d = 3, nil, {1, 2}, 4");
    page.run("_home.e = 5 error('no')");
    page.ask(Command::Run { source: "= 1, 'x'".into(), chunk: "input 1".into(), mode: RunMode::Console });
    page.ask(Command::Run { source: "for".into(), chunk: "input 2".into(), mode: RunMode::Console });
    page.run("os.exit(3)");
    let runs = list(&mut page);
    let [exited, typed, failed, second, first] = &runs[..] else { panic!("{runs:?}") };
    assert_eq!((first.label.as_str(), second.label.as_str()), ("_home.a, _home.b = 1, 2", "-- a comment"));
    assert_eq!(first.changes, Some(DiffTotals { added: 2, removed: 0, changed: 0 }));
    assert_eq!(second.changes, Some(DiffTotals { added: 2, removed: 1, changed: 1 }));
    let message = String::from("main.lua:1: no");
    let location = Some(ChunkLocation { chunk: "main.lua".into(), line: 1 });
    assert_eq!(failed.ending, Ending::Failed { message, location });
    assert_eq!(typed.ending, Ending::Returned(vec!["1".into(), "\"x\"".into()]));
    assert_eq!((typed.mode, typed.chunk.as_str()), (RunMode::Console, "input 1"));
    assert_eq!(exited.ending, Ending::Exited { status: 3 });
    assert_eq!(exited.changes, Some(DiffTotals::default()));
    // Each begins where the one before it ended.
    assert_eq!(first.before, None);
    for (earlier, later) in [(first, second), (second, failed), (failed, typed), (typed, exited)] {
        assert!(earlier.after.is_some() && earlier.after == later.before);
        assert!(earlier.id < later.id && earlier.began_millis <= later.began_millis);
    }
    assert_eq!(typed.after, typed.before);
    let mut page = Page::open(&store);
    assert_eq!(list(&mut page), runs);
    assert!(show(&mut page, failed).unwrap().rest.decode().unwrap().traceback.starts_with("stack traceback:"));
}

#[test]
fn a_run_is_kept_with_all_that_it_was_made_of() {
    let mut page = Page::open(&SharedStore::default());
    set(&mut page, &[("lib.lua", "return require 'deep'"), ("deep.lua", "return 5"), ("In.csv", "1,2"), ("not", "x")]);
    page.ask(Command::SetInput { json: "{\"a\": 1}".into() });
    page.host.input.borrow_mut().extend(["Ada", "more"]);
    let program = format!(
        "{LIBRARY} print(require 'lib', get('in.csv'), io.read())
        put('In.csv', '3') put('new', 'x') get('new') io.stderr:write('oh') io.read() os.clock()"
    );
    page.run(&program);
    let run = newest(&mut page);
    assert_eq!((run.source.as_str(), run.input.as_str()), (program.as_str(), "{\"a\": 1}"));
    let files: Vec<_> = run.files.iter().map(|file| (file.path.as_str(), &file.content[..])).collect();
    assert_eq!(files, [("In.csv", &b"1,2"[..]), ("deep.lua", b"return 5"), ("lib.lua", b"return require 'deep'")]);
    assert_eq!(run.info.files_changed, 2);
    let output = run.output.as_ref().unwrap().decode().unwrap();
    let output: Vec<_> = output.iter().map(|it| (it.stream, it.text.as_str())).collect();
    assert_eq!(output, [(Stream::Out, "5\t1,2\tAda\n"), (Stream::Err, "oh")]);
    let readings = readings(&run);
    assert_eq!(readings.lines, [Some("Ada".into()), Some("more".into())]);
    assert_eq!((readings.monotonic_millis.len(), readings.utc_offset_seconds), (1, 3600));
    assert!(readings.are_complete);
    // A module that is loaded already is a part of the run that requires it.
    page.run("require 'lib'");
    let files: Vec<_> = newest(&mut page).files.into_iter().map(|file| file.path).collect();
    assert_eq!(files, [path("deep.lua"), path("lib.lua")]);
}

#[test]
fn a_line_that_can_be_opened_is_kept_as_its_text() {
    let mut page = Page::open(&SharedStore::default());
    page.run("io.write('a') print({}, 'b') print('c')");
    let text = text(newest(&mut page).output);
    assert!(text.starts_with("atable: ") && text.ends_with("\tb\nc\n"), "{text}");
}

#[test]
fn the_state_of_random_numbers_is_that_before_the_run() {
    let mut page = Page::open(&SharedStore::default());
    page.run("math.randomseed(42)");
    page.run("print(math.random(0))");
    let first = newest(&mut page);
    page.run("math.random = nil math.randomseed(42)");
    page.run("");
    let second = newest(&mut page);
    assert_eq!(readings(&first).random_state, readings(&second).random_state);
    // The first number of xoshiro256**, as lmathlib.c computes it.
    let [_, state, ..] = readings(&first).random_state;
    let number = state.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
    assert_eq!(text(first.output), format!("{}\n", number as i64));
}

#[test]
fn the_same_run_again_costs_only_its_record() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1 print('hello')");
    let pieces = store.memory.piece_count();
    page.run("_home.x = 1 print('hello')");
    assert_eq!((list(&mut page).len(), store.memory.piece_count()), (2, pieces));
}

#[test]
fn runs_are_listed_in_parts() {
    let mut page = Page::open(&SharedStore::default());
    (1..=5).for_each(|number| drop(page.run(&format!("return {number}"))));
    let runs = list(&mut page);
    let events = page.ask(ListRuns { before: Some(runs[1].id.clone()), limit: 2 }.into_command());
    let [EventBody::Replied(Reply::ListRuns(part))] = &events[..] else { panic!("{events:?}") };
    assert_eq!((&part.runs[..], part.has_more), (&runs[2..4], true));
    let events = page.ask(ListRuns { before: Some(runs[3].id.clone()), limit: 2 }.into_command());
    let [EventBody::Replied(Reply::ListRuns(part))] = &events[..] else { panic!("{events:?}") };
    assert_eq!((&part.runs[..], part.has_more), (&runs[4..], false));
}

#[test]
fn without_room_the_oldest_outputs_go_first_and_then_the_run() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    // What does not compress.
    let print =
        "math.randomseed(SEED) local t = {} for i = 1, 4000 do t[i] = math.random(0) end print(table.concat(t, ' '))";
    let print = |seed: u32| print.replace("SEED", &seed.to_string());
    page.run(&print(1));
    let of_one = store.memory.piece_bytes();
    page.run(&print(2));
    page.run(&print(3));
    store.memory.limit_room(Some(store.memory.piece_bytes() + of_one / 2));
    page.run(&print(4));
    let runs = list(&mut page);
    let has_output: Vec<bool> = runs.iter().map(|run| show(&mut page, run).unwrap().output.is_some()).collect();
    assert_eq!(has_output, [true, true, false, false]);
    // Where nothing is left that could go, the state is saved without the run.
    forget(&mut page, None);
    assert!(store.memory.piece_bytes() < of_one / 10, "{}", store.memory.piece_bytes());
    store.memory.limit_room(Some(of_one / 2));
    let events = page.run_events(&format!("_home.x = 1 {}", print(5)));
    assert!(matches!(&events[..], [.., EventBody::HomeSaved(report)] if report.is_new), "{events:?}");
    assert!(list(&mut page).is_empty());
    assert_eq!(Page::open(&store).prints("print(_home.x)"), "1\n");
}

#[test]
fn a_run_begins_at_no_snapshot_where_the_state_before_it_was_not_saved() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    *store.failure.borrow_mut() = Some(StoreError::Failed("not now".into()));
    page.run("_home.x = 2");
    *store.failure.borrow_mut() = None;
    page.run("_home.x = 3");
    let runs = list(&mut page);
    let [third, first] = &runs[..] else { panic!("{runs:?}") };
    assert_eq!((third.label.as_str(), &third.before), ("_home.x = 3", &None));
    assert!(third.after.is_some() && third.after != first.after);
}

#[test]
fn a_run_that_was_lost_with_its_worker_is_kept_with_what_is_known() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    let lost = LostRun {
        source: "while true do end".into(),
        chunk: "main.lua".into(),
        mode: RunMode::Program,
        input: "[1]".into(),
        began_millis: 1.8e12,
        elapsed_millis: 5000.0,
        reason: None,
    };
    let events = page.ask(Command::History(History::KeepLostRun(lost)));
    assert!(matches!(&events[..], [EventBody::History(HistoryEvent::RunKept(_))]), "{events:?}");
    let run = newest(&mut page);
    assert_eq!((run.info.label.as_str(), &run.info.ending), ("while true do end", &Ending::Lost { reason: None }));
    assert!(run.info.before.is_some() && run.info.before == run.info.after);
    assert_eq!((run.input.as_str(), run.output), ("[1]", None));
}

#[test]
fn a_run_whose_state_cannot_be_captured_is_kept_all_the_same() {
    let mut page = Page::open(&SharedStore::default());
    page.run("_home.x = 1");
    page.run("print('here') _home = 5");
    let run = newest(&mut page);
    assert!(run.info.before.is_some() && run.info.after.is_none());
    assert_eq!(text(run.output), "here\n");
}

#[test]
fn a_tab_that_cannot_save_keeps_no_runs() {
    let store = SharedStore::default();
    let _writer = Page::open(&store);
    let mut page = Page::open_read_only(&store);
    let events = page.run_events("print(1)");
    assert!(matches!(&events[..], [.., EventBody::HomeSaved(_)]) || matches!(&events[..], [.., EventBody::Faulted(_)]));
    assert!(list(&mut page).is_empty());
}

#[test]
fn forgotten_runs_leave_nothing_behind() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    page.run("print('second')");
    page.run("print('third')");
    let runs = list(&mut page);
    forget(&mut page, Some(vec![runs[1].id.clone(), RunId("unknown".into())]));
    assert_eq!(list(&mut page), [runs[0].clone(), runs[2].clone()]);
    assert_eq!(show(&mut page, &runs[1]), None);
    forget(&mut page, None);
    assert!(list(&mut page).is_empty());
    // The piece of the state.
    assert_eq!(store.memory.piece_count(), 1);
    assert_eq!(page.prints("print(_home.x)"), "1\n");
}

#[test]
fn a_record_that_cannot_be_read_is_kept_with_all_pieces_until_all_runs_are_forgotten() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("print('first')");
    store.memory.put_run(RunId("0".into()), vec![99, 1, 2, 3]);
    let mut page = Page::open(&store);
    let runs = list(&mut page);
    let pieces = store.memory.piece_count();
    forget(&mut page, Some(vec![runs[0].id.clone()]));
    assert!(list(&mut page).is_empty());
    assert_eq!(store.memory.piece_count(), pieces);
    forget(&mut page, None);
    assert!(Page::open(&store).prints("print(1)") == "1\n");
    assert!(store.memory.piece_count() < pieces + 3);
}

#[test]
fn a_thousand_runs_are_kept() {
    let store = SharedStore::default();
    for number in 0..1000 {
        let id = RunId(format!("{number:013}-0"));
        let record = RunRecord { info: RunInfo { id: id.clone(), ..record().info }, ..record() };
        store.memory.put_run(id, record.to_bytes().unwrap());
    }
    let mut page = Page::open(&store);
    page.run("return 1");
    let events = page.ask(ListRuns { before: None, limit: 5000 }.into_command());
    let [EventBody::Replied(Reply::ListRuns(all))] = &events[..] else { panic!("{events:?}") };
    assert_eq!((all.runs.len(), all.has_more, all.runs[0].label.as_str()), (1000, false, "return 1"));
    assert_eq!(all.runs[999].id, RunId("0000000000001-0".into()));
}

#[test]
fn a_run_is_undone_with_its_files_or_without_them() {
    let mut page = Page::open(&SharedStore::default());
    page.run(LIBRARY);
    page.run("_home.x = 1 put('a', '1')");
    page.run("_home.x = 2 put('a', '2')");
    page.ask(Command::History(History::UndoRun { with_files: false }));
    assert_eq!(page.prints("print(_home.x, get('a'))"), "1\t2\n");
}

fn record() -> RunRecord {
    let place = |name: &str| vec![PieceRef { name: engine::store::PieceName(name.into()), length: 300 }];
    let info = RunInfo {
        id: RunId("1700000000000-0123456789abcdef".into()),
        chunk: "main.lua".into(),
        mode: RunMode::Program,
        label: "print 'Größe ✓'".into(),
        began_millis: 1.7e12,
        elapsed_millis: 2.5,
        memory_bytes: 123_456,
        ending: Ending::Failed {
            message: "main.lua:2: no".into(),
            location: Some(ChunkLocation { chunk: "main.lua".into(), line: 2 }),
        },
        before: None,
        after: Some(SnapshotId("1700000000001-0123456789abcdef".into())),
        changes: Some(DiffTotals { added: 1, removed: 2, changed: 300 }),
        files_changed: 1,
    };
    let files = vec![(path("a/b.lua"), place("file"))];
    RunRecord {
        info,
        source: place("source"),
        files,
        input: vec![],
        output: Some(place("output")),
        rest: place("rest"),
    }
}

fn output() -> Vec<Output> {
    vec![Output { stream: Stream::Err, dropped_lines: 1, text: "oh ✓\n".into() }]
}

fn rest() -> RunRest {
    let readings = Readings {
        hash_seed: 7,
        random_state: [1, 2, 3, u64::MAX],
        randoms: vec![300],
        unix_millis: vec![1.7e12],
        monotonic_millis: vec![0.5],
        utc_offset_seconds: -3600,
        lines: vec![Some("Ada".into()), None],
        are_complete: true,
    };
    RunRest { traceback: "stack traceback:".into(), readings }
}

#[test]
fn a_run_of_version_1_stays_readable_and_is_written_unchanged() {
    let read = |name| std::fs::read(golden(name)).unwrap();
    let known = read("run_1.record");
    assert_eq!(RunRecord::from_bytes(&known), Some(record()));
    assert_eq!(record().to_bytes().unwrap(), known);
    assert_eq!(postcard::to_stdvec(&output()).unwrap(), read("run_1.output"));
    assert_eq!(postcard::to_stdvec(&rest()).unwrap(), read("run_1.rest"));
}

#[test]
fn a_damaged_record_is_refused_or_read_as_another() {
    let known = record().to_bytes().unwrap();
    for length in 0..known.len() {
        assert_eq!(RunRecord::from_bytes(&known[..length]), None, "cut at {length}");
    }
    for index in 0..known.len() {
        for mask in [0x01, 0x10, 0x80, 0xFF] {
            let mut damaged = known.clone();
            damaged[index] ^= mask;
            let _ = RunRecord::from_bytes(&damaged);
        }
    }
}
