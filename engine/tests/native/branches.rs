//! Branches of history: which of several undone runs is brought back, another branch made `_home`, names, and deletion.

use engine::store::StoreError;
use wire::*;

use crate::files::{LIBRARY, set, told};
use crate::page::{Page, SharedStore};

fn change(page: &mut Page, change: History) -> Vec<EventBody> {
    page.ask(Command::History(change))
}

fn undo(page: &mut Page, times: usize) {
    for _ in 0..times {
        change(page, History::UndoRun { with_files: true });
    }
}

/// The checkpoint after the run with this first line.
fn after(page: &Page, label: &str) -> SnapshotId {
    let found = page.snapshots().into_iter().find(|info| info.kind.name() == label);
    found.expect(label).id
}

fn go(page: &mut Page, label: &str) -> Vec<EventBody> {
    let id = after(page, label);
    change(page, History::GoTo { id })
}

/// Runs this many programs that say how many there were, each with a name of its own: `_home.a = 1`, `_home.a = 2`.
fn runs(page: &mut Page, name: &str, count: usize) {
    for value in 1..=count {
        page.run(&format!("_home.{name} = {value}"));
    }
}

fn refusal(events: &[EventBody]) -> &str {
    let [EventBody::Faulted(fault)] = events else { panic!("{events:?}") };
    &fault.message
}

/// The branches: the first line of the last run of each, with its name.
fn branches(page: &Page) -> Vec<String> {
    let snapshots = page.snapshots();
    let told = |branch: Branch| {
        let leaf = snapshots.iter().find(|info| info.id == branch.leaf).expect("a checkpoint that is listed");
        [leaf.kind.name().to_owned()].into_iter().chain(branch.name).collect::<Vec<_>>().join(": ")
    };
    page.history().branches.into_iter().map(told).collect()
}

fn labels(page: &Page) -> Vec<String> {
    page.snapshots().iter().rev().map(|info| info.kind.name().to_owned()).collect()
}

fn name(page: &mut Page, label: &str, name: &str) -> Vec<EventBody> {
    let leaf = after(page, label);
    page.ask(NameBranch { leaf, name: name.into() }.into_command())
}

fn delete(page: &mut Page, label: &str) -> Vec<EventBody> {
    let leaf = after(page, label);
    page.ask(DeleteBranch { leaf }.into_command())
}

/// Two branches, which part after `_home.a = 1`: `_home.a = 2` and `_home.a = 3`, and `_home.b = 1` and `_home.b = 2`, where
/// `_home` is.
fn parted(store: &SharedStore) -> Page {
    let mut page = Page::open(store);
    runs(&mut page, "a", 3);
    undo(&mut page, 2);
    runs(&mut page, "b", 2);
    page
}

#[test]
fn redo_brings_back_the_run_that_is_wanted() {
    let mut page = parted(&SharedStore::default());
    undo(&mut page, 2);
    assert_eq!(page.history().redo.as_deref(), Some("_home.b = 1"));
    let to = Some(after(&page, "_home.a = 2"));
    let events = change(&mut page, History::RedoRun { to });
    let [EventBody::History(HistoryEvent::RunRedone(info)), EventBody::History(HistoryEvent::HistoryChanged(_))] =
        &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(info.kind.name(), "_home.a = 2");
    assert_eq!(page.rows(Subject::Home, &[]), ["a: 2"]);
    undo(&mut page, 1);
    change(&mut page, History::RedoRun { to: None });
    assert_eq!(page.rows(Subject::Home, &[]), ["a: 1", "b: 1"]);
}

#[test]
fn a_run_that_does_not_follow_cannot_be_redone() {
    let mut page = parted(&SharedStore::default());
    undo(&mut page, 2);
    let before = page.history();
    let wrong = ["_home.a = 1", "_home.a = 3", "_home.b = 2"].map(|label| after(&page, label));
    for to in wrong.into_iter().chain([SnapshotId("nonsense".into())]) {
        let events = change(&mut page, History::RedoRun { to: Some(to) });
        assert_eq!(refusal(&events), "There is no such undone run that could be brought back.");
    }
    let named = page.save("named").id;
    assert!(matches!(change(&mut page, History::RedoRun { to: Some(named) })[..], [EventBody::Faulted(_)]));
    assert_eq!((page.history().head, page.rows(Subject::Home, &[])), (before.head, vec!["a: 1".to_owned()]));
}

#[test]
fn any_checkpoint_becomes_home_and_nothing_new_is_saved() {
    let store = SharedStore::default();
    let mut page = parted(&store);
    let all = labels(&page);
    let events = go(&mut page, "_home.a = 3");
    let [EventBody::History(HistoryEvent::WentTo(info)), EventBody::History(HistoryEvent::HistoryChanged(history))] =
        &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!((info.kind.name(), history.head.as_ref()), ("_home.a = 3", Some(&info.id)));
    assert_eq!(page.rows(Subject::Home, &[]), ["a: 3"]);
    assert_eq!(labels(&page), all);
    let mut page = Page::open(&store);
    assert_eq!(page.rows(Subject::Home, &[]), ["a: 3"]);
    go(&mut page, "_home.a = 1");
    assert_eq!(page.rows(Subject::Home, &[]), ["a: 1"]);
    // From an empty _home too.
    undo(&mut page, 1);
    go(&mut page, "_home.b = 2");
    assert_eq!(page.rows(Subject::Home, &[]), ["a: 1", "b: 2"]);
}

#[test]
fn what_is_no_checkpoint_or_would_lose_something_is_refused() {
    let store = SharedStore::default();
    let mut page = parted(&store);
    let named = page.save("named").id;
    for id in [named, SnapshotId("nonsense".into())] {
        let events = change(&mut page, History::GoTo { id });
        assert_eq!(refusal(&events), "_home stays as it is: there is no such run.");
    }
    store.failure.replace(Some(StoreError::QuotaExceeded));
    page.run("_home.b = 'not saved'");
    store.failure.take();
    let events = go(&mut page, "_home.a = 3");
    assert_eq!(refusal(&events), "_home stays as it is: what _home is now is not saved.");
    assert_eq!(page.rows(Subject::Home, &[]), ["a: 1", "b: \"not saved\""]);
}

#[test]
fn files_go_back_to_where_the_branches_part_and_then_forth() {
    let mut page = Page::open(&SharedStore::default());
    page.run(LIBRARY);
    page.run("-- root\nput('shared', '0')");
    page.run("-- a1\nput('shared', 'a1') put('a', '1')");
    page.run("-- a2\nput('shared', 'a2') put('a', '2')");
    undo(&mut page, 2);
    page.run("-- b1\nput('shared', 'b1') put('b', '1')");
    assert_eq!(told(&go(&mut page, "-- a2")), ["b", "a=2", "shared=a2"]);
    assert_eq!(page.prints("print(get('shared'), get('a'), (io.open('b')))"), "a2\t2\tnil\n");
    // What a person wrote between two runs is no run's to take back.
    set(&mut page, &[("a", "typed")]);
    assert_eq!(told(&go(&mut page, "-- b1")), ["b=1", "shared=b1", "kept a"]);
    assert_eq!(page.prints("print(get('shared'), get('a'), get('b'))"), "b1\ttyped\t1\n");
}

#[test]
fn a_name_stays_at_the_end_of_its_branch() {
    let store = SharedStore::default();
    let mut page = parted(&store);
    assert_eq!(branches(&page), ["_home.a = 3", "_home.b = 2"]);
    let events = name(&mut page, "_home.a = 3", " first try ");
    let [EventBody::Replied(Reply::NameBranch(())), EventBody::History(HistoryEvent::HistoryChanged(history))] =
        &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(history.branches[0].name.as_deref(), Some("first try"));
    name(&mut page, "_home.b = 2", "second");
    page.run("_home.b = 3");
    assert_eq!(branches(&page), ["_home.a = 3: first try", "_home.b = 3: second"]);
    // A branch that begins in the middle has no name.
    undo(&mut page, 1);
    page.run("_home.c = 1");
    assert_eq!(branches(&page), ["_home.a = 3: first try", "_home.b = 3: second", "_home.c = 1"]);
    let mut page = Page::open(&store);
    assert_eq!(branches(&page), ["_home.a = 3: first try", "_home.b = 3: second", "_home.c = 1"]);
    name(&mut page, "_home.b = 3", "");
    name(&mut page, "_home.a = 3", "second");
    assert_eq!(branches(&page), ["_home.a = 3: second", "_home.b = 3", "_home.c = 1"]);
}

#[test]
fn a_name_is_of_one_branch_and_only_of_a_branch() {
    let mut page = parted(&SharedStore::default());
    name(&mut page, "_home.a = 3", "mine");
    assert_eq!(refusal(&name(&mut page, "_home.b = 2", "mine")), "another branch has this name");
    assert_eq!(branches(&page), ["_home.a = 3: mine", "_home.b = 2"]);
    assert!(matches!(name(&mut page, "_home.a = 3", "mine")[..], [EventBody::Replied(_), _]));
    page.save("named");
    for label in ["_home.a = 1", "_home.b = 1", "named"] {
        assert_eq!(refusal(&name(&mut page, label, "other")), "no branch ends there");
    }
}

#[test]
fn a_name_goes_to_the_run_before_when_the_last_is_deleted() {
    let mut page = parted(&SharedStore::default());
    name(&mut page, "_home.a = 3", "a");
    name(&mut page, "_home.b = 2", "b");
    let last = after(&page, "_home.a = 3");
    page.ask(DeleteSnapshot { id: last }.into_command());
    assert_eq!(branches(&page), ["_home.a = 2: a", "_home.b = 2: b"]);
    // Where another run follows the one before, that one does not end a branch.
    let last = after(&page, "_home.a = 2");
    page.ask(DeleteSnapshot { id: last }.into_command());
    assert_eq!(branches(&page), ["_home.b = 2: b"]);
    // The head stays until it is left: then the run that continues has the name.
    let head = after(&page, "_home.b = 2");
    page.ask(DeleteSnapshot { id: head }.into_command());
    page.run("_home.b = 3");
    assert_eq!(branches(&page), ["_home.b = 3: b"]);
    let head = after(&page, "_home.b = 3");
    page.ask(DeleteSnapshot { id: head }.into_command());
    undo(&mut page, 1);
    assert_eq!(branches(&page), ["_home.b = 1: b"]);
}

#[test]
fn a_whole_history_carries_the_names() {
    let mut page = parted(&SharedStore::default());
    name(&mut page, "_home.a = 3", "first try");
    let events = page.ask(ExportHistory.into_command());
    let [EventBody::Replied(Reply::ExportHistory(SnapshotFile { bytes }))] = &events[..] else { panic!("{events:?}") };
    let store = SharedStore::default();
    Page::open(&store).ask(ImportHistory { bytes: bytes.clone() }.into_command());
    assert_eq!(branches(&Page::open(&store)), ["_home.a = 3: first try", "_home.b = 2"]);
}

#[test]
fn what_only_one_branch_has_is_deleted() {
    let store = SharedStore::default();
    let mut page = parted(&store);
    name(&mut page, "_home.a = 3", "a");
    go(&mut page, "_home.a = 2");
    page.save("named");
    go(&mut page, "_home.b = 2");
    let events = delete(&mut page, "_home.a = 3");
    assert!(matches!(
        events[..],
        [
            EventBody::Replied(Reply::DeleteBranch(())),
            EventBody::History(HistoryEvent::HistoryChanged(_)),
            EventBody::History(HistoryEvent::SnapshotsListed(_)),
        ]
    ));
    assert_eq!(labels(&page), ["_home.a = 1", "_home.b = 1", "_home.b = 2", "named"]);
    assert_eq!(branches(&page), ["_home.b = 2"]);
    let named = after(&page, "named");
    assert_eq!(page.rows(Subject::Snapshot(named), &[]), ["a: 2"]);
    let mut page = Page::open(&store);
    undo(&mut page, 1);
    assert_eq!(page.rows(Subject::Home, &[]), ["a: 1", "b: 1"]);
}

#[test]
fn what_home_came_from_is_not_deleted_with_a_branch() {
    let mut page = parted(&SharedStore::default());
    let all = labels(&page);
    for label in ["_home.b = 2", "_home.b = 1", "_home.a = 1"] {
        assert_eq!(refusal(&delete(&mut page, label)), "_home came from all that it has, or other runs follow it");
    }
    assert_eq!(labels(&page), all);
    // What was undone of the line of _home is another matter, and its name does not stay.
    name(&mut page, "_home.b = 2", "b");
    undo(&mut page, 1);
    delete(&mut page, "_home.b = 2");
    assert_eq!(branches(&page), ["_home.a = 3", "_home.b = 1"]);
    assert_eq!(page.history().redo, None);
}
