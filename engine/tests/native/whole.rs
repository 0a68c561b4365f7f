//! All of a store as one file: written, read elsewhere, and refused where it may mean harm.

use std::fs;

use engine::store::StoreError;
use wire::*;

use crate::golden::golden;
use crate::page::{Page, SharedStore};

/// What ran first where the golden file was made.
const PROGRAM: &str = "local n = 0 _home.list = {} function _home.next() n = n + 1 return n end";

fn export(page: &mut Page) -> Vec<u8> {
    let events = page.ask(ExportHistory.into_command());
    let [EventBody::Replied(Reply::ExportHistory(file))] = &events[..] else { panic!("{events:?}") };
    file.bytes.clone()
}

/// Why it was refused; `None` if it was not.
fn import(page: &mut Page, bytes: &[u8]) -> Option<String> {
    match &page.ask(ImportHistory { bytes: bytes.to_vec() }.into_command())[..] {
        [EventBody::Replied(Reply::ImportHistory(()))] => None,
        [EventBody::Faulted(fault)] => Some(fault.message.clone()),
        events => panic!("{events:?}"),
    }
}

fn runs(page: &mut Page) -> Vec<RunInfo> {
    let events = page.ask(ListRuns { before: None, limit: 100 }.into_command());
    let [EventBody::Replied(Reply::ListRuns(list))] = &events[..] else { panic!("{events:?}") };
    list.runs.clone()
}

/// A page with a history.
fn lived_in() -> (SharedStore, Page) {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run(PROGRAM);
    page.save("early");
    page.run("for i = 1, 20000 do _home.list[i] = ('%d'):format(i) end _home.next()");
    page.run("error('no')");
    (store, page)
}

#[test]
fn all_of_a_history_is_there_elsewhere() {
    let (_, mut page) = lived_in();
    let bytes = export(&mut page);
    let elsewhere = SharedStore::default();
    assert_eq!(import(&mut Page::open(&elsewhere), &bytes), None);
    let mut there = Page::open(&elsewhere);
    assert_eq!(there.snapshots(), page.snapshots());
    assert_eq!(runs(&mut there), runs(&mut page));
    assert_eq!(there.prints("print(#_home.list, _home.next())"), "20000\t2\n");
    there.ask(Command::History(History::UndoRun { with_files: true }));
    there.ask(Command::History(History::UndoRun { with_files: true }));
    assert_eq!(there.prints("print(#_home.list, _home.next())"), "0\t1\n");
    assert!(there.snapshots().iter().any(|snapshot| snapshot.kind.name() == "early"));
}

#[test]
fn an_empty_history_is_a_history() {
    let bytes = export(&mut Page::open(&SharedStore::default()));
    let store = SharedStore::default();
    assert_eq!(import(&mut Page::open(&store), &bytes), None);
    assert_eq!(Page::open(&store).snapshots(), []);
}

#[test]
fn nothing_is_mixed_up_with_what_is_there() {
    let (_, mut page) = lived_in();
    let bytes = export(&mut page);
    let refused = import(&mut page, &bytes).expect("a reason");
    assert_eq!(refused, "The history was not imported: there is a history here already.");
    assert_eq!(export(&mut page), bytes);
}

#[test]
fn a_store_that_fails_keeps_nothing_of_it() {
    let (_, mut page) = lived_in();
    let bytes = export(&mut page);
    let store = SharedStore::default();
    let mut there = Page::open(&store);
    store.failure.replace(Some(StoreError::QuotaExceeded));
    let refused = import(&mut there, &bytes).expect("a reason");
    assert_eq!(refused, "The history was not imported: the browser's storage is full.");
    store.failure.take();
    assert_eq!(import(&mut there, &bytes), None);
}

/// What version 1 wrote is read for ever.
#[test]
fn a_file_of_version_1_stays_readable() {
    let store = SharedStore::default();
    assert_eq!(import(&mut Page::open(&store), &fs::read(golden("history_1.cuhistory")).unwrap()), None);
    let mut page = Page::open(&store);
    assert_eq!(runs(&mut page).len(), 2);
    assert_eq!(page.prints("print(_home.next(), #_home.list)"), "2\t0\n");
}

/// Two branches part after its first run: “tried” has one more, `_home.n = 2`, and the other, where `_home` is, `_home.n = 3`.
#[test]
fn a_file_of_version_2_stays_readable() {
    let store = SharedStore::default();
    assert_eq!(import(&mut Page::open(&store), &fs::read(golden("history_2.cuhistory")).unwrap()), None);
    let mut page = Page::open(&store);
    assert_eq!(page.prints("print(_home.n)"), "3\n");
    let names: Vec<_> = page.history().branches.into_iter().map(|branch| branch.name).collect();
    assert_eq!(names, [Some("tried".to_owned()), None]);
    let id = page.history().branches[0].leaf.clone();
    page.ask(Command::History(History::GoTo { id }));
    assert_eq!(page.prints("print(_home.n)"), "2\n");
}

#[test]
fn a_damaged_file_is_refused() {
    let file = fs::read(golden("history_2.cuhistory")).unwrap();
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    for length in 0..file.len() {
        assert!(import(&mut page, &file[..length]).is_some(), "cut at {length}");
    }
    for index in 0..file.len() {
        let mut damaged = file.clone();
        damaged[index] ^= 0x41;
        assert!(import(&mut page, &damaged).is_some(), "byte {index}");
    }
    assert_eq!(import(&mut page, &file), None);
}

/// As somebody would who wants harm: with a checksum that is right.
#[test]
fn a_forged_file_is_refused_or_harmless() {
    let file = fs::read(golden("history_2.cuhistory")).unwrap();
    let content = &file[..file.len() - blake3::OUT_LEN];
    for index in 8..content.len() {
        for mask in [0x01, 0x80, 0xFF] {
            let mut forged = content.to_vec();
            forged[index] ^= mask;
            let checksum = blake3::hash(&forged);
            forged.extend(checksum.as_bytes());
            let store = SharedStore::default();
            if import(&mut Page::open(&store), &forged).is_none() {
                let mut page = Page::open(&store);
                runs(&mut page);
                for snapshot in page.snapshots() {
                    // Some of them are damaged, which it says.
                    page.ask(
                        Inspect { subject: Subject::Snapshot(snapshot.id), path: Vec::new(), offset: 0, limit: 9 }
                            .into_command(),
                    );
                }
                for branch in page.history().branches {
                    page.ask(Command::History(History::GoTo { id: branch.leaf.clone() }));
                    page.ask(DeleteBranch { leaf: branch.leaf }.into_command());
                }
                page.run("_home.more = 1");
                assert_eq!(page.prints("print(1)"), "1\n");
            }
        }
    }
}

#[test]
fn a_newer_version_and_another_kind_of_file_say_so() {
    let mut page = Page::open(&SharedStore::default());
    let reason = |page: &mut Page, bytes: &[u8]| import(page, bytes).expect("a reason");
    assert!(reason(&mut page, b"\x89cuhist\n\x03\0").contains("a newer version of cu wrote it, as version 3"));
    assert!(reason(&mut page, b"\x89cusnap\n\x01\0").contains("it is not a history file of cu"));
}
