//! What listings say of the last run.

use wire::{Change, Command, History, Step, Subject};

use crate::page::{Page, SharedStore, key};

/// What listed rows say has changed, each as `label: change, was before`.
fn changes(page: &mut Page, subject: Subject, path: &[Step]) -> Vec<String> {
    let rows = page.list(subject, path).expect("a listing").rows;
    let changed = rows.iter().filter_map(|row| Some((row, row.change?)));
    changed
        .map(|(row, change)| match (change, &row.before) {
            (Change::Changed, Some(before)) => format!("{}: Changed, was {before}", row.label),
            (change, before) => {
                assert_eq!(*before, None);
                format!("{}: {change:?}", row.label)
            }
        })
        .collect()
}

#[test]
fn rows_tell_what_the_last_run_changed_and_what_was_there() {
    let mut page = Page::open(&SharedStore::default());
    page.run(
        "_home.n, _home.same, _home.gone = 1, {a = {1}}, 1 _home.list = {{x = 1}, {x = 2}} _home.self = _home \
         local up = 1 function _home.f() up = up + 1 return up end _home[1.5], _home[-3] = 'a', 'b'",
    );
    assert_eq!(page.list(Subject::Home, &[]).expect("a listing").rows.len(), 8);
    page.run(
        "_home.n, _home.gone, _home.new = 2, nil, {a = 1} _home.list[2].x = 3 _home.f() setmetatable(_home.same, nil) \
         _home[1.5], _home[-3] = 'c', 'd'",
    );
    let all = [
        "[-3]: Changed, was \"b\"",
        "[1.5]: Changed, was \"a\"",
        "f: Inside",
        "list: Inside",
        "n: Changed, was 1",
        "new: Added",
        "self: Inside",
    ];
    assert_eq!(changes(&mut page, Subject::Home, &[]), all);
    let list = [key("list")];
    assert_eq!(changes(&mut page, Subject::Home, &list), ["[2]: Inside"]);
    assert_eq!(
        changes(&mut page, Subject::Home, &[key("list"), Step::Key(wire::Key::Integer(2))]),
        ["x: Changed, was 2"]
    );
    assert_eq!(changes(&mut page, Subject::Home, &[key("new")]), Vec::<String>::new());
    assert_eq!(changes(&mut page, Subject::Home, &[key("f")]), ["upvalue up: Changed, was 1"]);

    page.run("setmetatable(_home.same, {}) function _home.f() return 'other' end");
    assert_eq!(changes(&mut page, Subject::Home, &[]), ["f: Changed, was function()", "same: Inside", "self: Inside"]);
    assert_eq!(changes(&mut page, Subject::Home, &[key("same")]), ["metatable: Added"]);
    page.run("");
    assert_eq!(changes(&mut page, Subject::Home, &[]), Vec::<String>::new());
}

#[test]
fn undo_is_shown_as_a_change_and_output_has_its_own() {
    let mut page = Page::open(&SharedStore::default());
    page.run("_home.n = 1 _io.output = {a = 1}");
    page.list(Subject::Output, &[]);
    page.run("_home.n = 2 _io.output = {a = 5}");
    assert_eq!(changes(&mut page, Subject::Output, &[]), ["a: Changed, was 1"]);
    page.ask(Command::History(History::UndoRun { with_files: true }));
    assert_eq!(changes(&mut page, Subject::Home, &[]), ["n: Changed, was 2"]);
}

#[test]
fn large_and_hostile_states_are_listed_at_once() {
    let mut page = Page::open(&SharedStore::default());
    page.run(
        "local r = {} local t = r for i = 1, 30011 do t.n = {} t = t.n end t.n = r _home.r = r \
         for i = 1, 100000 do _home[-i] = {i} end",
    );
    page.list(Subject::Home, &[]);
    page.run("local r = {} local t = r for i = 1, 30013 do t.n = {} t = t.n end t.n = r _home.r = r _home[-99999] = 0");
    let start = std::time::Instant::now();
    assert_eq!(changes(&mut page, Subject::Home, &[]), ["[-99999]: Changed, was {99999}"]);
    assert!(start.elapsed().as_secs() < 5);
}
