//! The worker: what it saves, restores and shows.

use engine::store::{SnapshotStore, StoreError};
use wire::*;

use crate::page::*;

#[test]
fn home_is_restored_when_the_page_is_reopened() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    let program =
        "local count = 0\nfunction _home.next() count = count + 1; return count end\nprint(_home.next(), _home.next())";
    assert_eq!(page.prints(program), "1\t2\n");
    let mut page = Page::open(&store);
    assert!(page.opening.restored.is_some());
    assert_eq!(page.prints("print(_home.next())"), "3\n");
}

#[test]
fn a_run_says_when_it_begins_what_it_prints_how_it_ends_and_that_it_is_saved() {
    let mut page = Page::open(&SharedStore::default());
    let events = page.run_events("print('x')");
    assert!(
        matches!(
            &events[..],
            [
                EventBody::RunStarted,
                EventBody::Printed(_),
                EventBody::RunFinished(_),
                EventBody::History(HistoryEvent::HistoryChanged(_)),
                EventBody::History(HistoryEvent::RunKept(_)),
                EventBody::HomeSaved(_)
            ]
        ),
        "{events:?}"
    );
    assert_eq!(*page.host.program_runs.borrow(), [true, false]);
}

#[test]
fn globals_last_until_the_page_is_closed() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("x = 1");
    assert_eq!(page.prints("print(x)"), "1\n");
    assert_eq!(Page::open(&store).prints("print(x)"), "nil\n");
}
#[test]
fn home_can_be_inspected() {
    let mut page = Page::open(&SharedStore::default());
    page.run(
        "local count = 3\n\
         _home.users = {{name = 'Ada', age = 36}, {name = 'Alan'}}\n\
         function _home.next(step, ...)\n  return count + step\nend\n\
         _home.self = _home\n_home.again = _home.users\n\
         _home.class = setmetatable({}, {__index = {}})\n\
         _home['two words'], _home[true], _home[1.5] = 'a\"b', nil, print",
    );
    assert_eq!(
        page.rows(Subject::Home, &[]),
        [
            "[1.5]: print",
            "again: 2 × {name, …}",
            "class: {}",
            "next: function next(step, ...)",
            "self: {[1.5] = print, again = {…}, class = {}, …}",
            "[\"two words\"]: \"a\\\"b\"",
            "users: 2 × {name, …}",
        ]
    );
    assert_eq!(page.rows(Subject::Home, &[key("next")]), ["upvalue count: 3"]);
    assert_eq!(page.rows(Subject::Home, &[key("class")]), ["metatable: {__index = {}}"]);
    let first = [key("users"), Step::Key(wire::Key::Integer(1))];
    assert_eq!(page.rows(Subject::Home, &first), ["age: 36", "name: \"Ada\""]);
    let listing = page.list(Subject::Home, &[]).unwrap();
    let of = |label: &str| listing.rows.iter().find(|row| row.label == label).unwrap().value.clone();
    assert_eq!(of("self").reference, Reference::Cycle);
    assert_eq!(of("users").reference, Reference::Shared);
    assert_eq!(of("class").reference, Reference::Single);
    assert_eq!(of("next").kind, Kind::Function);
    assert_eq!(of("next").location.unwrap().line, 3);
    match &page.ask(ShowSource { subject: Subject::Home, path: vec![key("next")] }.into_command())[..] {
        [EventBody::Replied(Reply::ShowSource(Some(source)))] => {
            assert_eq!(source.text, "function _home.next(step, ...)\n  return count + step\nend\n");
            let file = source.file.as_deref().map(String::from_utf8_lossy).unwrap();
            assert!(file.ends_with(&source.text) || file.contains(&source.text), "{file}");
        }
        events => panic!("{events:?}"),
    }
    assert_eq!(page.list(Subject::Home, &[key("nothing")]), None);
}

#[test]
fn a_table_of_a_million_entries_is_listed_in_pages() {
    let mut page = Page::open(&SharedStore::default());
    page.run("_home.big = {} for i = 1, 1000000 do _home.big[i] = i * 2 end");
    let path = vec![key("big")];
    match &page.ask(Inspect { subject: Subject::Home, path, offset: 999_950, limit: 100 }.into_command())[..] {
        [EventBody::Replied(Reply::Inspect(Some(listing)))] => {
            assert_eq!(listing.of.child_count, 1_000_000);
            assert_eq!(listing.rows.len(), 50);
            assert_eq!(listing.rows[49].value.text, "2000000");
        }
        events => panic!("{events:?}"),
    }
}

#[test]
fn results_can_be_inspected_as_they_were() {
    let mut page = Page::open(&SharedStore::default());
    let run = RequestId(page.next);
    page.run("shared = {1, 2} return shared, 'x', nil, string");
    page.run("shared[1] = 99");
    assert_eq!(page.rows(Subject::Result(run), &[Step::Result(0)]), ["[1]: 1", "[2]: 2"]);
    assert_eq!(page.list(Subject::Result(RequestId(9999)), &[Step::Result(0)]), None);
}

#[test]
fn surplus_results_are_dropped_with_a_note() {
    let mut page = Page::open(&SharedStore::default());
    let (printed, outcome) = page.run("local t = {} for i = 1, 900000 do t[i] = {} end return table.unpack(t)");
    let Outcome::Returned(values) = outcome else { panic!("{outcome:?}") };
    assert_eq!(values.len(), 1000);
    assert_eq!(printed, "only the first 1000 returned values are kept, 899000 are left out\n");
}

#[test]
fn snapshots_can_be_saved_restored_and_deleted() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    let first = page.save(" first ");
    assert_eq!(first.kind, SnapshotKind::Named { name: "first".into() });
    page.run("_home.x = 2 keeps = 'globals'");
    match &page.ask(Command::History(History::RestoreSnapshot { id: first.id.clone() }))[..] {
        [
            EventBody::History(HistoryEvent::SnapshotRestored(info)),
            EventBody::History(HistoryEvent::HistoryChanged(_)),
            EventBody::HomeSaved(_),
            EventBody::History(HistoryEvent::SnapshotsListed(_)),
        ] => {
            assert_eq!(info.id, first.id);
        }
        events => panic!("{events:?}"),
    }
    assert_eq!(page.prints("print(_home.x, keeps)"), "1\tglobals\n");
    let mut page = Page::open(&store);
    assert_eq!(page.prints("print(_home.x)"), "1\n");
    page.ask(DeleteSnapshot { id: first.id.clone() }.into_command());
    assert!(page.snapshots().iter().all(|info| info.id != first.id));
    let events = page.ask(Command::History(History::RestoreSnapshot { id: first.id }));
    assert!(
        matches!(&events[..], [EventBody::History(HistoryEvent::SnapshotsListed(_)), EventBody::Faulted(_)]),
        "{events:?}"
    );
    assert_eq!(page.prints("print(_home.x)"), "1\n");
    let events = page.ask(SaveSnapshot { name: "  ".into() }.into_command());
    assert!(matches!(&events[..], [EventBody::Faulted(_)]), "{events:?}");
}

#[test]
fn what_cannot_be_saved_is_reported_by_path() {
    const MAIN: &str = "main coroutine of a run";
    let mut page = Page::open(&SharedStore::default());
    let events =
        page.run_events("local co = coroutine.running() _home.jobs = {1, {co = co}} function _home.f() return co end");
    let [.., EventBody::HomeSaved(report)] = &events[..] else { panic!("{events:?}") };
    let omissions: Vec<_> =
        report.snapshot.omissions.iter().map(|omission| (omission.path.as_str(), omission.kind.as_str())).collect();
    assert_eq!(omissions, [("_home.f<upvalue co>", MAIN), ("_home.jobs[2].co", MAIN)]);
}

#[test]
fn a_home_that_is_not_a_table_is_not_saved_and_the_last_one_is_kept() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    let events = page.run_events("_home = 5");
    assert!(
        matches!(&events[..], [.., EventBody::Faulted(fault)] if fault.message.contains("`_home` is 5")),
        "{events:?}"
    );
    assert_eq!(Page::open(&store).prints("print(_home.x)"), "1\n");
}

#[test]
fn equal_states_are_saved_once_and_old_checkpoints_make_room() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 0");
    let events = page.run_events("print(_home.x)");
    assert!(matches!(&events[..], [.., EventBody::HomeSaved(report)] if !report.is_new), "{events:?}");
    assert_eq!(page.snapshots().len(), 1);
    let named = page.save("named");
    for i in 1..=220 {
        page.run(&format!("_home.x = {i}"));
    }
    let snapshots = page.snapshots();
    assert_eq!(snapshots.len(), 201);
    assert!(snapshots.iter().any(|info| info.id == named.id));
    assert_eq!(Page::open(&store).prints("print(_home.x)"), "220\n");
}

#[test]
fn a_small_change_to_a_large_home_is_stored_as_a_small_change() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("for i = 1, 100000 do _home[i] = {id = i, name = 'user ' .. i, score = i % 100, active = true} end");
    let before = store.memory.piece_count();
    page.run("_home[50000].score = 'changed'");
    let added = store.memory.piece_count() - before;
    assert!((1..=3).contains(&added), "{added} pieces were added to {before}");
}

#[test]
fn a_damaged_snapshot_is_kept_and_reported() {
    for damage in [None, Some(b"nonsense".to_vec())] {
        let store = SharedStore::default();
        let mut page = Page::open(&store);
        page.run("_home.x = 'precious'");
        let head = page.snapshots().remove(0);
        let piece = now(store.memory.contents()).unwrap().records[0].pieces[0].name.clone();
        store.memory.damage(&piece, damage.clone());

        let mut page = Page::open(&store);
        let problem = page.opening.problem.clone().expect("a problem");
        assert!(problem.contains("piece 1 of 1") && problem.contains("kept"), "{problem}");
        assert_eq!(page.prints("print(_home.x)"), "nil\n");
        for i in 1..=60 {
            page.run(&format!("_home.y = {i}"));
        }
        let kept = page.snapshots().into_iter().find(|info| info.id == head.id).expect("the damaged snapshot");
        assert!(kept.damage.is_some());
        // The same content again has the same pieces.
        page.run("_home = {x = 'precious'}");
        assert_eq!(Page::open(&store).prints("print(_home.x)"), "precious\n");
    }
}

#[test]
fn a_full_store_keeps_its_contents_and_reports_it() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    store.failure.replace(Some(StoreError::QuotaExceeded));
    let events = page.run_events("_home.x = 2");
    assert!(
        matches!(&events[..], [.., EventBody::Faulted(fault)] if fault.message.contains("storage is full")),
        "{events:?}"
    );
    assert_eq!(page.prints("print(_home.x)"), "2\n");
    store.failure.replace(None);
    assert_eq!(Page::open(&store).prints("print(_home.x)"), "1\n");
}
