//! At which runs a value changed.

use engine::store::{SnapshotStore, StoreError};
use wire::*;

use crate::page::{Page, SharedStore, key, now};

fn open() -> Page {
    Page::open(&SharedStore::default())
}

fn ask(page: &mut Page, path: &[Step], from: Option<SnapshotId>, limit: u32) -> Result<Trace, String> {
    let mut events = page.ask(TraceValue { path: path.to_vec(), from, limit }.into_command());
    match events.pop() {
        Some(EventBody::Faulted(fault)) => Err(fault.message),
        Some(body) => Ok(TraceValue::reply_of(body).expect("an answer").decode().unwrap()),
        None => panic!("no answer"),
    }
}

/// All rows, and how many states were looked at.
fn all(page: &mut Page, path: &[Step], limit: u32) -> (Vec<TraceRow>, u32) {
    let (mut rows, mut states, mut from) = (Vec::new(), 0, None);
    loop {
        // The state that an answer begins with was counted before.
        states -= u32::from(from.is_some());
        let trace = ask(page, path, from, limit).unwrap();
        rows.extend(trace.rows);
        states += trace.states;
        from = trace.rest;
        if from.is_none() {
            return (rows, states);
        }
    }
}

fn text(value: &Option<Summary>) -> &str {
    value.as_ref().map_or("none", |value| &value.text)
}

/// `what ran: old -> new +1 -2 ~3`; of several runs, how many there were, with `?` where there may have been others.
fn told(page: &Page, row: &TraceRow) -> String {
    let label =
        |id: &SnapshotId| page.snapshots().into_iter().find(|info| info.id == *id).unwrap().kind.name().to_owned();
    let change = match row {
        TraceRow::Unreadable { state, reason } => {
            let reason = reason.trim_start_matches("The snapshot cannot be read: ").trim_end_matches('.');
            return format!("{}: {reason}", label(state));
        }
        TraceRow::Changed(change) => change,
    };
    let by = match (&change.runs[..], change.are_all_runs) {
        ([run], true) => run.label.clone(),
        ([], _) => change.after.as_ref().map_or("not saved".to_owned(), label),
        ([last, .., first], true) => format!("{} to {}", first.label, last.label),
        ([last, ..], _) => format!("? to {}", last.label),
    };
    let inside = change.totals.map_or(String::new(), |it| format!(" +{} -{} ~{}", it.added, it.removed, it.changed));
    format!("{by}: {} -> {}{inside}", text(&change.old), text(&change.new))
}

fn trace(page: &mut Page, path: &[Step]) -> Vec<String> {
    let (rows, _) = all(page, path, 100);
    rows.iter().map(|row| told(page, row)).collect()
}

fn undo(page: &mut Page) {
    page.ask(Command::History(History::UndoRun { with_files: true }));
}

fn keep(page: &mut Page, checkpoints_kept: u32, checkpoints_at_most: u32) {
    let preferences = Preferences { checkpoints_kept, checkpoints_at_most, ..Preferences::default() };
    page.ask(Command::ChangeSettings(Settings { preferences, ..Settings::default() }));
}

/// Breaks a snapshot; its pieces are in no other one.
fn damage(store: &SharedStore, label: &str) {
    let contents = now(store.contents()).unwrap();
    let record = contents.records.iter().find(|record| record.info.kind.name() == label).unwrap();
    store.memory.damage(&record.pieces[0].name, None);
}

#[test]
fn each_run_that_changed_a_value_is_told_with_what_it_was_and_is() {
    let mut page = open();
    page.run("_home.other = {}");
    page.run("_home.hp = 10");
    page.run("_home.other.x = 1");
    page.run("_home.hp = _home.hp - 3");
    page.run("_home.other.y = 2 error('no')");
    assert_eq!(trace(&mut page, &[key("hp")]), ["_home.hp = _home.hp - 3: 10 -> 7", "_home.hp = 10: none -> 10"]);
    assert_eq!(
        trace(&mut page, &[key("other")]),
        [
            "_home.other.y = 2 error('no'): {x = 1} -> {x = 1, y = 2} +1 -0 ~0",
            "_home.other.x = 1: {} -> {x = 1} +1 -0 ~0",
            "_home.other = {}: none -> {}"
        ]
    );
    assert_eq!(trace(&mut page, &[key("other"), key("x")]), ["_home.other.x = 1: none -> 1"]);
    assert_eq!(trace(&mut page, &[key("nothing")]), [""; 0]);
    assert_eq!(trace(&mut page, &[]).len(), 5);
    let change = ask(&mut page, &[key("hp")], None, 100).unwrap();
    assert_eq!((change.path.as_str(), change.states, change.rest), ("_home.hp", 5, None));
    let TraceRow::Changed(TracedChange { before, after, runs, .. }) = &change.rows[0] else { panic!() };
    assert_eq!((before, after), (&runs[0].before, &runs[0].after));
}

#[test]
fn a_value_can_go_come_back_and_become_something_else() {
    let mut page = open();
    page.run("_home.v = 1");
    page.run("_home.v = nil");
    page.run("_home.v = 1.0");
    page.run("_home.v = {1, 2}");
    page.run("_home.v = {1, 2} -- another one, with the same in it");
    page.run("function _home.v() return 1 end");
    page.run("function _home.v() return 2 end");
    page.run("_home.v = setmetatable({}, {a = 1})");
    let path = [key("v")];
    assert_eq!(
        trace(&mut page, &path),
        [
            "_home.v = setmetatable({}, {a = 1}): function() -> {}",
            "function _home.v() return 2 end: function() -> function() +0 -0 ~1",
            "function _home.v() return 1 end: {1, 2} -> function()",
            "_home.v = {1, 2}: 1.0 -> {1, 2}",
            "_home.v = 1.0: none -> 1.0",
            "_home.v = nil: 1 -> none",
            "_home.v = 1: none -> 1",
        ]
    );
    let of_metatable = trace(&mut page, &[key("v"), Step::Metatable]);
    assert_eq!(of_metatable, ["_home.v = setmetatable({}, {a = 1}): none -> {a = 1}"]);
}

#[test]
fn unusual_keys_and_upvalues_have_a_history() {
    let mut page = open();
    page.run("_home.t = {[1.5] = 'a', [true] = 'b', [-1] = 'c', ['a b\\xFF'] = 'd', 'e'} local n = 0 function _home.f() n = n + 1 end");
    page.run("local t = _home.t t[1.5], t[true], t[-1], t['a b\\xFF'], t[1] = 1, 2, 3, 4, 5 _home.f()");
    let keys = [
        Key::Float(1.5_f64.to_bits()),
        Key::Boolean(true),
        Key::Integer(-1),
        Key::String(b"a b\xFF".to_vec()),
        Key::Integer(1),
    ];
    for (at, wanted) in keys.into_iter().enumerate() {
        let told = trace(&mut page, &[key("t"), Step::Key(wanted)]);
        assert!(told[0].ends_with(&format!("-> {}", at + 1)), "{told:?}");
        assert_eq!(told.len(), 2);
    }
    let told = trace(&mut page, &[key("f"), Step::Upvalue(0)]);
    assert!(told[0].ends_with(": 0 -> 1") && told[1].ends_with(": none -> 0"), "{told:?}");
    for step in [Step::Key(Key::Entry(0)), Step::Result(0)] {
        let refused = ask(&mut page, &[key("t"), step], None, 1);
        assert_eq!(refused, Err("No lasting path leads to this value.".to_owned()));
    }
}

#[test]
fn what_was_undone_or_is_on_another_branch_is_not_told() {
    let mut page = open();
    for value in 1..=3 {
        page.run(&format!("_home.a = {value}"));
    }
    undo(&mut page);
    let path = [key("a")];
    assert_eq!(trace(&mut page, &path), ["_home.a = 2: 1 -> 2", "_home.a = 1: none -> 1"]);
    page.ask(Command::History(History::RedoRun { to: None }));
    assert_eq!(trace(&mut page, &path).len(), 3);
    undo(&mut page);
    undo(&mut page);
    page.run("_home.a = 'b'");
    assert_eq!(trace(&mut page, &path), ["_home.a = 'b': 1 -> \"b\"", "_home.a = 1: none -> 1"]);
    let id = page.snapshots().into_iter().find(|info| info.kind.name() == "_home.a = 3").unwrap().id;
    page.ask(Command::History(History::GoTo { id }));
    assert_eq!(trace(&mut page, &path)[0], "_home.a = 3: 2 -> 3");
    (0..3).for_each(|_| undo(&mut page));
    assert_eq!(trace(&mut page, &path), [""; 0]);
    assert_eq!(trace(&mut page, &[]), [""; 0]);
}

#[test]
fn a_restored_snapshot_is_a_moment_of_its_own() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.a, _home.b = 1, 1");
    let id = page.save("first").id;
    page.run("_home.a, _home.b = 2, 2");
    page.ask(Command::History(History::RestoreSnapshot { id: id.clone() }));
    page.run("_home.a, _home.b = 3, 3");
    page.ask(Command::History(History::RestorePath { id, path: vec![key("b")] }));
    let mut page = Page::open(&store);
    assert_eq!(
        trace(&mut page, &[key("b")]),
        [
            "restored: _home.b: 3 -> 1",
            "_home.a, _home.b = 3, 3: 1 -> 3",
            "restored: first: 2 -> 1",
            "_home.a, _home.b = 2, 2: 1 -> 2",
            "_home.a, _home.b = 1, 1: none -> 1"
        ]
    );
}

#[test]
fn where_history_is_thinned_the_runs_are_told_that_may_have_done_it() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    keep(&mut page, 3, 4);
    for x in 1..=9 {
        page.run(&format!("_home.y = {x}"));
        page.run(&format!("_home.x = {x}"));
    }
    let in_gap = |page: &mut Page| {
        let (rows, states) = all(page, &[key("x")], 100);
        assert_eq!(states, 4);
        let found = rows.into_iter().find_map(|row| match row {
            TraceRow::Changed(change) if change.runs.len() != 1 || !change.are_all_runs => Some(change),
            _ => None,
        });
        found.unwrap()
    };
    assert_eq!(trace(&mut page, &[key("x")])[0], "_home.x = 9: 8 -> 9");
    let change = in_gap(&mut page);
    assert_eq!(
        (change.runs[0].after.clone(), change.runs.last().unwrap().before.clone()),
        (change.after, change.before)
    );
    assert!(change.are_all_runs && change.runs.len() > 5, "{}", change.runs.len());
    // Something else may have done it where one of them was forgotten.
    page.ask(ForgetRuns { ids: Some(vec![change.runs[1].id.clone()]) }.into_command());
    let change = in_gap(&mut page);
    assert_eq!((change.runs.len(), change.are_all_runs), (1, false));
    page.ask(ForgetRuns { ids: None }.into_command());
    let change = in_gap(&mut page);
    assert_eq!((change.runs.len(), change.are_all_runs), (0, false));
}

#[test]
fn no_more_runs_are_given_than_a_person_looks_through() {
    let mut page = open();
    keep(&mut page, 1, 1);
    for x in 1..=60 {
        page.run(&format!("_home.x = {x}"));
    }
    let (rows, _) = all(&mut page, &[key("x")], 100);
    let [_, TraceRow::Changed(change)] = &rows[..] else { panic!("{} rows", rows.len()) };
    assert_eq!((change.runs.len(), change.are_all_runs, change.before.clone()), (20, false, None));
}

#[test]
fn a_state_that_cannot_be_read_is_a_row_and_what_is_around_it_is_compared() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    for x in 1..=4 {
        page.run(&format!("_home.x = {x}"));
    }
    damage(&store, "_home.x = 2");
    let wanted = [
        "_home.x = 4: 3 -> 4",
        "_home.x = 2: piece 1 of 1 is missing",
        "_home.x = 2 to _home.x = 3: 1 -> 3",
        "_home.x = 1: none -> 1",
    ];
    assert_eq!(trace(&mut page, &[key("x")]), wanted);
    // Now that it is known, and with what was compared before.
    assert_eq!(trace(&mut page, &[key("x")]), wanted);
    let (rows, _) = all(&mut page, &[key("x")], 1);
    assert_eq!(rows.iter().map(|row| told(&page, row)).collect::<Vec<_>>(), wanted);
    // A head that could not be restored is not what _home is.
    damage(&store, "_home.x = 4");
    let mut page = Page::open(&store);
    assert!(page.opening.problem.is_some());
    assert_eq!(trace(&mut page, &[key("x")])[..2], ["_home.x = 4: piece 1 of 1 is missing", "not saved: 3 -> none"]);
}

#[test]
fn what_is_not_saved_is_compared_with_what_was() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    store.failure.replace(Some(StoreError::QuotaExceeded));
    page.run("_home.x = 2");
    page.run("_home.x = 3");
    let path = [key("x")];
    assert_eq!(trace(&mut page, &path), ["not saved: 1 -> 3", "_home.x = 1: none -> 1"]);
    store.failure.take();
    page.run("_home.y = 1");
    // The runs whose states were not saved are not in the journal.
    assert_eq!(trace(&mut page, &path), ["? to _home.y = 1: 1 -> 3", "_home.x = 1: none -> 1"]);
    let mut other = Page::open_read_only(&store);
    other.run("_home.x = 4");
    assert_eq!(trace(&mut other, &path)[0], "not saved: 3 -> 4");
}

#[test]
fn it_is_answered_page_by_page() {
    let mut page = open();
    for x in 1..=5 {
        page.run(&format!("_home.x = {x}"));
    }
    let first = ask(&mut page, &[key("x")], None, 2).unwrap();
    assert_eq!((first.rows.len(), first.states), (2, 3));
    let rest = first.rest.clone();
    // What runs meanwhile changes nothing of the rest.
    page.run("_home.x = 6");
    let second = ask(&mut page, &[key("x")], rest, 2).unwrap();
    assert_eq!(
        second.rows.iter().map(|row| told(&page, row)).collect::<Vec<_>>(),
        ["_home.x = 3: 2 -> 3", "_home.x = 2: 1 -> 2"]
    );
    let third = ask(&mut page, &[key("x")], second.rest, 2).unwrap();
    assert_eq!((third.rows.len(), third.rest), (1, None));
    assert_eq!(all(&mut page, &[key("x")], 0), all(&mut page, &[key("x")], 100));
    let gone = ask(&mut page, &[key("x")], Some(SnapshotId("nonsense".into())), 2);
    assert_eq!(gone, Err("This state is no longer kept.".to_owned()));
}

#[test]
fn runs_that_changed_only_files_or_nothing_are_passed_over() {
    let mut page = open();
    page.run("_home.x = {1}");
    page.run("local f = io.open('f', 'w') f:write('1') f:close()");
    page.run("local x = _home.x");
    page.run("_home.y = 1");
    let (rows, states) = all(&mut page, &[key("x")], 100);
    assert_eq!((rows.len(), states), (1, 3));
}

#[test]
fn a_trace_that_has_begun_is_withdrawn_between_two_slices() {
    let mut page = open();
    page.run("_home.t = {} for i = 1, 50000 do _home.t[i] = 'v' .. i end");
    page.run("_home.t[1] = 1");
    let command = Command::Cancel { request: RequestId(page.next) };
    page.host.arriving.borrow_mut().push_back(vec![Request { id: RequestId(1001), command }]);
    let call = TraceValue { path: vec![key("t")], from: None, limit: 100 };
    assert_eq!(page.ask(call.into_command()), [EventBody::Cancelled]);
    assert_eq!(trace(&mut page, &[key("t")]).len(), 2);
}
