//! How a run is taken back with its files.

use wire::{Call, Command, DeleteSnapshot, History};

use crate::files::{LIBRARY, changes, set, told};
use crate::page::{Page, SharedStore};

fn undo(page: &mut Page) -> Vec<String> {
    told(&page.ask(Command::History(History::UndoRun { with_files: true })))
}

fn redo(page: &mut Page) -> Vec<String> {
    told(&page.ask(Command::History(History::RedoRun { to: None })))
}

#[test]
fn undoing_a_run_takes_its_files_back() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    set(&mut page, &[("in", "0"), ("gone", "x")]);
    page.run(LIBRARY);
    assert_eq!(
        changes(&mut page, "_home.x = 1 put('in', '1') put('new', 'n') os.remove('gone')"),
        ["gone", "in=1", "new=n"]
    );
    assert_eq!(changes(&mut page, "put('in', '2')"), ["in=2"]);
    assert_eq!(undo(&mut page), ["in=1"]);
    assert_eq!(page.prints("print(_home.x, get('in'))"), "1\t1\n");
    assert_eq!(undo(&mut page), ["new", "gone=x", "in=0"]);
    assert_eq!(redo(&mut page), ["gone", "in=1", "new=n"]);
    // A page that was opened again gives the worker its files, and undoes as well.
    let mut page = Page::open(&store);
    set(&mut page, &[("in", "1"), ("new", "typed after the run")]);
    assert_eq!(undo(&mut page), ["gone=x", "in=0", "kept new"]);
    assert_eq!(page.prints("print(_home.x)"), "nil\n");
}

#[test]
fn the_files_of_a_run_that_was_not_saved_are_taken_back_with_it() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run(LIBRARY);
    page.run("_home.x = 1 put('a', '1')");
    store.memory.stop_after(Some(0));
    page.run("_home.x = 2 put('a', '2') put('b', '2')");
    page.run("_home.x = 3 put('a', '3') os.remove('b')");
    store.memory.stop_after(None);
    assert_eq!(undo(&mut page), ["a=1"]);
    assert_eq!(page.prints("print(_home.x, get('a'))"), "1\t1\n");
}

#[test]
fn a_deleted_checkpoint_leaves_its_files_to_the_next() {
    let mut page = Page::open(&SharedStore::default());
    page.run(LIBRARY);
    page.run("put('a', '1')");
    page.run("put('a', '2')");
    let middle = page.snapshots()[1].id.clone();
    page.ask(DeleteSnapshot { id: middle }.into_command());
    assert_eq!(undo(&mut page), ["a"]);
}
