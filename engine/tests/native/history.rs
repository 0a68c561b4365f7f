//! Undo and redo, files, names, and write access.

use engine::store::StoreError;
use wire::{
    Access, Call, Command, DeleteSnapshot, DuplicateSnapshot, EventBody, Export, FaultKind, History, HistoryEvent,
    HistoryPosition, Import, Preferences, RenameSnapshot, Reply, Settings, SnapshotFile, SnapshotId, SnapshotKind,
    Stage, Subject, Turn,
};

use crate::page::{Page, SharedStore};

fn change(page: &mut Page, change: History) -> Vec<EventBody> {
    page.ask(Command::History(change))
}

fn prefer(preferences: Preferences) -> Command {
    Command::ChangeSettings(Settings { preferences, ..Settings::default() })
}

/// Undoes or redoes, and returns what can be done next.
fn step(page: &mut Page, command: History) -> HistoryPosition {
    match &change(page, command)[..] {
        [
            EventBody::History(HistoryEvent::RunUndone(_) | HistoryEvent::RunRedone(_)),
            EventBody::History(HistoryEvent::HistoryChanged(history)),
        ] => history.clone(),
        events => panic!("{events:?}"),
    }
}

#[test]
fn runs_are_undone_and_redone() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    let program = "_home.count = (_home.count or 0) + 1";
    for _ in 0..3 {
        page.run(program);
    }
    assert_eq!(step(&mut page, History::UndoRun { with_files: true }).redo.as_deref(), Some(program));
    step(&mut page, History::UndoRun { with_files: true });
    assert_eq!(page.prints("print(_home.count)"), "1\n");
    let history = step(&mut page, History::RedoRun { to: None });
    assert!(history.undo.is_some() && history.redo.is_some(), "{history:?}");
    assert_eq!(page.prints("print(_home.count)"), "2\n");

    let mut page = Page::open(&store);
    assert_eq!(page.prints("print(_home.count)"), "2\n");
    step(&mut page, History::UndoRun { with_files: true });
    let history = step(&mut page, History::UndoRun { with_files: true });
    assert_eq!(history.undo, None);
    assert!(matches!(change(&mut page, History::UndoRun { with_files: true })[..], [EventBody::Faulted(_)]));
    let mut page = Page::open(&store);
    assert_eq!(page.prints("print(next(_home))"), "nil\n");
    step(&mut page, History::RedoRun { to: None });
    assert_eq!(page.prints("print(_home.count)"), "1\n");
}

#[test]
fn a_run_after_an_undo_starts_a_new_branch_and_loses_nothing() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    page.run("_home.x = 2");
    step(&mut page, History::UndoRun { with_files: true });
    page.run("_home.x = 3");
    assert!(matches!(change(&mut page, History::RedoRun { to: None })[..], [EventBody::Faulted(_)]));
    let history = step(&mut page, History::UndoRun { with_files: true });
    assert_eq!(history.redo.as_deref(), Some("_home.x = 3"));
    assert_eq!(page.snapshots().len(), 3);
}

#[test]
fn turns_say_where_history_is_no_single_line() {
    let mut page = Page::open(&SharedStore::default());
    let turns = |page: &Page| {
        let history = page.history();
        let labels = page.snapshots();
        let name = |id: &SnapshotId| {
            let info = labels.iter().find(|info| info.id == *id).expect("a snapshot that is there");
            info.kind.name().to_owned()
        };
        let turn = |turn: &Turn| format!("{} < {}", name(&turn.id), turn.parent.as_ref().map(name).unwrap_or_default());
        history.turns.iter().map(turn).collect::<Vec<_>>()
    };
    page.run("_home.x = 1");
    page.run("_home.x = 2");
    page.save("two");
    page.run("_home.x = 3");
    assert_eq!(turns(&page), [""; 0]);
    step(&mut page, History::UndoRun { with_files: true });
    step(&mut page, History::UndoRun { with_files: true });
    page.save("one");
    page.run("_home.x = 4");
    page.run("_home.x = 5");
    assert_eq!(turns(&page), ["one < _home.x = 1", "_home.x = 4 < _home.x = 1"]);
    let first = page.snapshots().iter().find(|info| info.kind.name() == "_home.x = 1").map(|info| info.id.clone());
    page.ask(DeleteSnapshot { id: first.expect("the first run") }.into_command());
    assert_eq!(turns(&page), ["one < ", "_home.x = 4 < "]);
}

#[test]
fn a_run_that_could_not_be_saved_can_be_undone() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    store.failure.replace(Some(StoreError::QuotaExceeded));
    let events = page.run_events("_home.x = 2");
    let [.., EventBody::Faulted(fault)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(fault.kind, FaultKind::StorageFull);
    assert!(matches!(&page.ask(Export { subject: Subject::Home }.into_command())[..],
        [EventBody::Replied(Reply::Export(SnapshotFile { bytes }))] if !bytes.is_empty()));
    store.failure.replace(None);
    step(&mut page, History::UndoRun { with_files: true });
    assert_eq!(page.prints("print(_home.x)"), "1\n");
}

/// Stored snapshots can be read, and deleting some makes room.
#[test]
fn a_full_store_can_be_opened() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    let named = page.save("big");
    store.failure.replace(Some(StoreError::QuotaExceeded));
    let mut page = Page::open(&store);
    assert_eq!((page.opening.access, page.opening.problem.clone()), (Access::Writer, None));
    assert_eq!(page.prints("print(_home.x)"), "1\n");
    store.failure.replace(None);
    assert!(matches!(
        page.ask(DeleteSnapshot { id: named.id }.into_command())[0],
        EventBody::Replied(Reply::DeleteSnapshot(()))
    ));
    page.run("_home.x = 2");
    assert_eq!(Page::open(&store).prints("print(_home.x)"), "2\n");
}

#[test]
fn long_work_reports_its_progress() {
    let mut page = Page::open(&SharedStore::default());
    page.run("for i = 1, 100001 do _home[i] = i end");
    let head = page.snapshots()[0].id.clone();
    let parts = |page: &Page| -> Vec<(Stage, u64, u64)> {
        page.progress.iter().map(|progress| (progress.stage, progress.done, progress.total)).collect()
    };
    page.save("long");
    assert_eq!(parts(&page), [(Stage::Capturing, 0, 2), (Stage::Storing, 1, 2)]);
    page.run("_home = {}");
    page.ask(Command::History(History::RestoreSnapshot { id: head }));
    assert_eq!(parts(&page)[..2], [(Stage::Reading, 0, 2), (Stage::Restoring, 1, 2)]);
    page.run("_home = {}");
    page.save("short");
    assert_eq!(parts(&page), []);
}

#[test]
fn deleting_a_checkpoint_closes_the_gap() {
    let mut page = Page::open(&SharedStore::default());
    for x in 1..=3 {
        page.run(&format!("_home.x = {x}"));
    }
    let middle = page.snapshots()[1].id.clone();
    page.ask(DeleteSnapshot { id: middle }.into_command());
    step(&mut page, History::UndoRun { with_files: true });
    assert_eq!(page.prints("print(_home.x)"), "1\n");
}

/// What a person sees in `_home` was not deleted, and the page says that it is saved.
#[test]
fn deleting_the_last_checkpoint_leaves_home_and_what_is_saved_of_it() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.x = 1");
    page.run("_home.x = 2");
    let head = page.snapshots()[0].id.clone();
    page.ask(DeleteSnapshot { id: head.clone() }.into_command());
    assert_eq!(page.snapshots().len(), 1);
    let mut page = Page::open(&store);
    assert_eq!(page.prints("print(_home.x)"), "2\n");
    assert!(page.snapshots().iter().all(|snapshot| snapshot.id != head));
    step(&mut page, History::UndoRun { with_files: true });
    assert_eq!(page.prints("print(_home.x)"), "1\n");
    assert_eq!(page.snapshots().len(), 1);
}

#[test]
fn the_checkpoint_limit_can_be_changed() {
    let mut page = Page::open(&SharedStore::default());
    let preferences = Preferences { checkpoints_kept: 3, checkpoints_at_most: 3, ..Preferences::default() };
    page.ask(prefer(preferences));
    for x in 1..=5 {
        let events = page.run_events(&format!("_home.x = {x}"));
        let [.., EventBody::HomeSaved(report)] = &events[..] else { panic!("{events:?}") };
        assert_eq!(report.removed.len(), usize::from(x > 3));
    }
    assert_eq!(page.snapshots().len(), 3);
}

#[test]
fn the_old_name_of_home_can_be_turned_off() {
    let mut page = Page::open(&SharedStore::default());
    assert_eq!(page.prints("Memory.x = 1 print(_home.x)"), "1\n");
    let preferences = Preferences { has_memory_alias: false, ..Preferences::default() };
    page.ask(prefer(preferences));
    assert_eq!(page.prints("print(Memory)"), "nil\n");
    assert_eq!(page.prints("Memory = 'mine'"), "");
    page.ask(prefer(Preferences::default()));
    assert_eq!(page.prints("print(Memory)"), "mine\n");
}

#[test]
fn snapshots_are_renamed_and_copied() {
    let mut page = Page::open(&SharedStore::default());
    page.run("_home.x = 1");
    let checkpoint = page.snapshots()[0].id.clone();
    let named = page.save("old");
    let events = page.ask(RenameSnapshot { id: named.id.clone(), name: " new ".into() }.into_command());
    assert!(
        matches!(&events[..], [EventBody::Replied(Reply::RenameSnapshot(info)), EventBody::History(HistoryEvent::SnapshotsListed(_))]
        if info.kind == SnapshotKind::Named { name: "new".into() })
    );
    let events = page.ask(DuplicateSnapshot { id: checkpoint.clone(), name: "kept".into() }.into_command());
    let [
        EventBody::Replied(Reply::DuplicateSnapshot(copy)),
        EventBody::History(HistoryEvent::HistoryChanged(_)),
        EventBody::History(HistoryEvent::SnapshotsListed(list)),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(copy.kind, SnapshotKind::Named { name: "kept".into() });
    assert_eq!(list.len(), 3);
    assert_eq!(page.rows(Subject::Snapshot(copy.id.clone()), &[]), ["x: 1"]);
    let events = page.ask(RenameSnapshot { id: checkpoint, name: "x".into() }.into_command());
    assert!(matches!(&events[..], [EventBody::Faulted(_)]), "{events:?}");
}

#[test]
fn an_imported_file_runs_nothing_until_it_is_restored() {
    let mut page = Page::open(&SharedStore::default());
    page.run("local n = 0 function _home.next() n = n + 1 return n end _home.next()");
    let events = page.ask(Export { subject: Subject::Home }.into_command());
    let [EventBody::Replied(Reply::Export(SnapshotFile { bytes }))] = &events[..] else { panic!("{events:?}") };

    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run("_home.mine = true");
    let events = page.ask(Import { name: "a.cusnap".into(), bytes: bytes.clone() }.into_command());
    let [EventBody::Replied(Reply::Import(info)), EventBody::History(HistoryEvent::SnapshotsListed(_))] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(info.kind, SnapshotKind::Imported { name: "a.cusnap".into() });
    assert_eq!(page.prints("print(_home.mine, _home.next)"), "true\tnil\n");
    assert_eq!(page.rows(Subject::Snapshot(info.id.clone()), &[]), ["next: function next()"]);
    let mut page = Page::open(&store);
    assert_eq!(page.prints("print(_home.mine, _home.next)"), "true\tnil\n");
    // Not even when everything else is gone.
    for snapshot in page.snapshots().into_iter().filter(|snapshot| snapshot.id != info.id) {
        page.ask(DeleteSnapshot { id: snapshot.id }.into_command());
    }
    let mut page = Page::open(&store);
    assert_eq!(page.prints("print(_home.mine, _home.next)"), "true\tnil\n");
    page.ask(Command::History(History::RestoreSnapshot { id: info.id.clone() }));
    assert_eq!(page.prints("print(_home.next())"), "2\n");

    for bytes in [&b"nonsense"[..], &bytes[..bytes.len() - 1], &[]] {
        let events = page.ask(Import { name: "bad".into(), bytes: bytes.to_vec() }.into_command());
        assert!(
            matches!(&events[..], [EventBody::Faulted(fault)] if fault.kind == FaultKind::Unreadable),
            "{events:?}"
        );
    }
}

#[test]
fn one_tab_writes_and_another_takes_over() {
    let store = SharedStore::default();
    let mut first = Page::open(&store);
    first.run("_home.x = 1");
    let mut second = Page::open_read_only(&store);
    assert_eq!(second.opening.access, Access::ReadOnly);
    assert_eq!(second.prints("print(_home.x)"), "1\n");
    let events = second.run_events("_home.y = 2");
    assert!(matches!(&events[..], [.., EventBody::Faulted(fault)] if fault.kind == FaultKind::ReadOnly), "{events:?}");
    first.run("_home.x = 3");

    let events = change(&mut second, History::TakeOver);
    let opening = events.iter().find_map(|event| match event {
        EventBody::Opened(opening) => Some(opening),
        _ => None,
    });
    let opening = opening.expect("an opening");
    assert_eq!(opening.access, Access::Writer);
    // The work of both tabs is there: this one's is current, and undo brings back the other's.
    assert_eq!(second.prints("print(_home.x, _home.y)"), "1\t2\n");
    step(&mut second, History::UndoRun { with_files: true });
    assert_eq!(second.prints("print(_home.x, _home.y)"), "3\tnil\n");

    // The store itself refuses writes by the first tab.
    let events = first.run_events("_home.x = 4");
    assert!(matches!(&events[..], [.., EventBody::Faulted(fault)] if fault.kind == FaultKind::ReadOnly), "{events:?}");
    assert_eq!(Page::open(&store).prints("print(_home.x)"), "3\n");
}

#[test]
fn a_tab_without_runs_takes_over_what_the_other_saved() {
    let store = SharedStore::default();
    let mut first = Page::open(&store);
    let mut second = Page::open_read_only(&store);
    first.run("_home.x = 3");
    change(&mut second, History::TakeOver);
    assert_eq!(second.prints("print(_home.x)"), "3\n");
}

#[test]
fn missing_globals_are_reported() {
    let mut page = Page::open(&SharedStore::default());
    let events = page.run_events(
        "function fmt_date() end\nlocal function inner() return fmt_date() end\n\
         function _home.report() return print(inner(), undefined_yet, _home.x, string.format('')) end\n\
         function _home.nested() return function() fmt_date() end end\n\
         _home.own = load('return fmt_date', '=own', 't', {})",
    );
    let [.., EventBody::HomeSaved(report)] = &events[..] else { panic!("{events:?}") };
    let missing: Vec<_> = report.missing_globals.iter().map(|it| (it.path.as_str(), it.name.as_str())).collect();
    assert_eq!(missing, [("_home.nested", "fmt_date"), ("_home.report<upvalue inner>", "fmt_date")]);
}
