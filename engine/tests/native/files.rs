//! Programs and files: what the page gives them, what they write, and which modules are loaded afresh.

use engine::lua::Vm;
use wire::{
    Command, EventBody, FileChange, HistoryEvent, MAX_FILE_BYTES, MAX_FILES, MAX_FILES_BYTES, MAX_OPEN_FILES, Outcome,
    RunMode, SourcePath,
};

use crate::page::{Page, SharedStore};

pub fn path(text: &str) -> SourcePath {
    SourcePath::parse(text).expect(text)
}

/// Gives the worker files; one without text is deleted.
pub fn set(page: &mut Page, files: &[(&str, &str)]) {
    let change = |(name, text): &(&str, &str)| {
        let content = (!text.is_empty()).then(|| text.as_bytes().to_vec());
        FileChange { path: path(name), content }
    };
    assert_eq!(page.ask(Command::SetFiles(files.iter().map(change).collect())), []);
}

/// What was said of files among events: `name=text`, and `name` for one that is gone; then those that were left alone.
pub fn told(events: &[EventBody]) -> Vec<String> {
    let mut told = Vec::new();
    for event in events {
        match event {
            EventBody::FilesChanged(changes) => told.extend(changes.iter().map(|change| match &change.content {
                Some(content) => format!("{}={}", change.path, String::from_utf8_lossy(content)),
                None => change.path.to_string(),
            })),
            EventBody::History(HistoryEvent::FilesKept(kept)) => {
                told.extend(kept.iter().map(|path| format!("kept {path}")));
            }
            _ => {}
        }
    }
    told
}

pub fn changes(page: &mut Page, program: &str) -> Vec<String> {
    told(&page.run_events(program))
}

/// Makes `put` and `get`.
pub const LIBRARY: &str =
    "function put(name, text) local f = assert(io.open(name, 'w')) assert(f:write(text)) f:close() end
    function get(name) local f = assert(io.open(name)) return f:read('a') end ";

#[test]
fn programs_read_what_the_page_gave_and_tell_what_they_wrote() {
    let mut page = Page::open(&SharedStore::default());
    set(&mut page, &[("data/in.csv", "1,2\n3,4\n"), ("old.txt", "old"), ("Same.txt", "same")]);
    page.run(LIBRARY);
    let program =
        "for line in io.lines('data/in.csv') do print(line) end print(get('SAME.TXT'), get('./data/../old.txt'))";
    assert_eq!(page.prints(program), "1,2\n3,4\nsame\told\n");
    let program = "put('out/a.csv', '5') put('data/in.csv', '6') put('Same.txt', 'same') os.remove('old.txt')
        put('short-lived', 'x') os.remove('short-lived') put(os.tmpname(), 'x') io.tmpfile():write('x')";
    assert_eq!(changes(&mut page, program), ["old.txt", "data/in.csv=6", "out/a.csv=5"]);
    assert_eq!(changes(&mut page, "print(get('out/a.csv'))"), [""; 0]);
    set(&mut page, &[("out/a.csv", ""), ("data/in.csv", "7")]);
    assert_eq!(
        page.prints("print(io.open('out/a.csv')) print(get('data/in.csv'))"),
        "nil\tout/a.csv: No such file or directory\t2\n7\n"
    );
    // What a program renames is gone from where it was.
    assert_eq!(changes(&mut page, "os.rename('data', 'later/data')"), ["data/in.csv", "later/data/in.csv=7"]);
    assert_eq!(changes(&mut page, "os.rename('Same.txt', 'same.txt')"), ["Same.txt", "same.txt=same"]);
}

#[test]
fn a_run_that_fails_or_is_stopped_keeps_what_it_wrote() {
    let mut page = Page::open(&SharedStore::default());
    page.run(LIBRARY);
    assert_eq!(changes(&mut page, "put('a', '1') error('oh')"), ["a=1"]);
    assert_eq!(changes(&mut page, "put('a', '2') os.exit()"), ["a=2"]);
    assert_eq!(changes(&mut page, "put('a', '3"), [""; 0]);
    page.host.stop.set(true);
    assert_eq!(changes(&mut page, "put('a', '4') while true do end"), ["a=4"]);
    page.host.stop.set(false);
    let mode = RunMode::Console;
    let events = page.ask(Command::Run { source: "if true then".into(), chunk: "console".into(), mode });
    assert_eq!(told(&events), [""; 0]);
}

#[test]
fn a_file_that_stays_open_is_written_in_a_later_run() {
    let mut page = Page::open(&SharedStore::default());
    assert_eq!(changes(&mut page, "log = io.open('log', 'a') log:write('1')"), ["log=1"]);
    assert_eq!(changes(&mut page, "log:write('2')"), ["log=12"]);
    set(&mut page, &[("log", "new ")]);
    assert_eq!(changes(&mut page, "log:write('3')"), ["log=new 3"]);
    set(&mut page, &[("log", "")]);
    assert_eq!(changes(&mut page, "log:write('4') log:close()"), [""; 0]);
}

#[test]
fn bytes_survive() {
    let mut page = Page::open(&SharedStore::default());
    let events =
        page.run_events("local f = io.open('b', 'wb') for i = 0, 255 do f:write(string.char(i)) end f:close()");
    let bytes: Vec<u8> = (0..=255).collect();
    let changed = EventBody::FilesChanged(vec![FileChange { path: path("b"), content: Some(bytes) }]);
    assert!(events.contains(&changed), "{events:?}");
    assert_eq!(page.prints("local s = io.open('b'):read('a') print(#s, s:byte(256))"), "256\t255\n");
}

#[test]
fn paths_that_lead_out_or_that_no_file_can_have_are_refused() {
    let mut page = Page::open(&SharedStore::default());
    let (name, whole) = ("n".repeat(201), vec!["n"; 501].join("/"));
    for (path, error) in [
        ("../x", "Permission denied\t13"),
        ("a/../../x", "Permission denied\t13"),
        ("..", "Permission denied\t13"),
        ("/x", "No such file or directory\t2"),
        ("/tmp/a/../../etc/passwd", "No such file or directory\t2"),
        ("", "No such file or directory\t2"),
        (".", "Is a directory\t21"),
        ("a/", "Is a directory\t21"),
        ("c:x", "Invalid argument\t22"),
        ("a\\\\x", "Invalid argument\t22"),
        ("a\\nb", "Invalid argument\t22"),
        ("\\xff", "Invalid argument\t22"),
        (&name, "File name too long\t36"),
        (&whole, "File name too long\t36"),
    ] {
        let program =
            format!("local f, message, number = io.open('{path}', 'w') print(f, message:match('[^:]*$'), number)");
        assert_eq!(page.prints(&program), format!("nil\t {error}\n"), "{path}");
    }
    // As everywhere, a path ends at a NUL byte.
    assert_eq!(page.prints("io.open('a\\0b', 'w'):write('x'):close() print(io.open('a'):read('a'))"), "x\n");
}

#[test]
fn limits_are_errors_of_the_program() {
    let mut page = Page::open(&SharedStore::default());
    let program = format!(
        "local f = io.open('a', 'w') local piece = ('x'):rep(1 << 20)
        for i = 1, {} do assert(f:write(piece)) end print(f:write('x')) print(f:seek('set', 1 << 40), f:write('x'))
        local count = {} >> 20 for i = 2, count do local g = io.open('f' .. i, 'w')
            for _ = 1, {} do if not g:write(piece) then print(i, g:write(piece)) break end end g:close() end",
        MAX_FILE_BYTES >> 20,
        MAX_FILES_BYTES,
        MAX_FILE_BYTES >> 20,
    );
    let printed = page.prints(&program);
    assert!(
        printed.starts_with(
            "nil\tFile too large\t27\n1099511627776\tnil\tFile too large\t27\n3\tnil\tNo space left on device\t28\n"
        ),
        "{printed}"
    );
    page.prints("os.remove('a') collectgarbage() print(assert(io.open('f3', 'w'):write(('x'):rep(1 << 20))))");

    let mut page = Page::open(&SharedStore::default());
    let program = format!(
        "for i = 1, {MAX_FILES} do assert(io.open('f' .. i, 'w')):close() end print(io.open('one more', 'w'))
        print(os.remove('f1')) print(io.type(io.open('one more', 'w'))) print(pcall(os.tmpname)) print(io.open('f2', 'w') ~= nil)"
    );
    let expected =
        "nil\tone more: No space left on device\t28\ntrue\nfile\nfalse\tunable to generate a unique filename\ntrue\n";
    assert_eq!(page.prints(&program), expected);
    let program = format!(
        "local all = {{}} for i = 1, {MAX_OPEN_FILES} do all[i] = io.open('f2') end print(#all < {MAX_OPEN_FILES} or io.open('f2'))
        all = nil collectgarbage() print(io.type(io.open('f2')))"
    );
    let printed = page.prints(&program);
    assert!(printed.ends_with("file\n"), "{printed}");
}

#[test]
fn errors_name_the_file() {
    let mut page = Page::open(&SharedStore::default());
    set(
        &mut page,
        &[("lib/a.lua", "local M = {}\nfunction M.f()\n  error('failed')\nend\nreturn M"), ("bad.lua", "\nlocal = 1")],
    );
    for (program, message, location) in [
        ("require('lib.a').f()", "lib/a.lua:3: failed", "lib/a.lua:3"),
        ("dofile('./lib/../lib/a.lua').f()", "./lib/../lib/a.lua:3: failed", "lib/a.lua:3"),
        ("dofile('bad.lua')", "bad.lua:2: <name> expected near '='", "bad.lua:2"),
    ] {
        let (_, outcome) = page.run(program);
        let Outcome::Failed(error) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error.message, message);
        let found = error.location.and_then(|location| location.source());
        assert_eq!(found.map(|location| location.to_string()).as_deref(), Some(location));
        assert!(error.traceback.contains("main.lua:1: in main chunk"), "{}", error.traceback);
    }
    let program = "print(select(2, pcall(require, 'no.such')))";
    let expected = "module 'no.such' not found:\n\tno field package.preload['no.such']\n\tno file 'no/such.lua'\n\tno file 'no/such/init.lua'\n";
    assert_eq!(page.prints(program), expected);
}

#[test]
fn modules_are_loaded_afresh_when_what_they_are_made_of_has_changed() {
    let mut page = Page::open(&SharedStore::default());
    set(
        &mut page,
        &[
            ("a.lua", "loads = (loads or '') .. 'a' return {b = require 'b'}"),
            ("b/init.lua", "loads = loads .. 'b' return require 'c.d'"),
            ("c/d.lua", "loads = loads .. 'd' return {text = 1}"),
            ("e.lua", "loads = loads .. 'e' pcall(require, 'fails') local c = require 'c.d' return {count = 0}"),
            ("f.lua", "loads = loads .. 'f' return {count = 0}"),
            ("fails.lua", "error('oh')"),
        ],
    );
    let program = "loads = '' local all = {require 'a', require 'e', require 'f'} all[3].count = all[3].count + 1
        print(loads, all[1].b.text, all[3].count)";
    assert_eq!(page.prints(program), "abdef\t1\t1\n");
    assert_eq!(page.prints(program), "\t1\t2\n");
    set(&mut page, &[("f.lua", "loads = loads .. 'f' return {count = 0}"), ("main.lua", "x")]);
    assert_eq!(page.prints(program), "\t1\t3\n");
    set(&mut page, &[("c/d.lua", "loads = loads .. 'D' return {text = 2}")]);
    assert_eq!(page.prints(program), "abDe\t2\t4\n");
    set(&mut page, &[("f.lua", "loads = loads .. 'F' return {count = 10}")]);
    assert_eq!(page.prints(program), "F\t2\t11\n");
    // A program writes a module, which counts for the next run.
    page.prints("local f = io.open('f.lua', 'w') f:write('return {count = 20}') f:close() print(require('f').count)");
    assert_eq!(page.prints(program), "\t2\t21\n");
    set(&mut page, &[("f.lua", "")]);
    let (_, outcome) = page.run(program);
    assert!(
        matches!(&outcome, Outcome::Failed(error) if error.message.contains("module 'f' not found")),
        "{outcome:?}"
    );
}

#[test]
fn what_a_program_made_a_module_stays() {
    let mut page = Page::open(&SharedStore::default());
    set(&mut page, &[("a.lua", "return 'a'"), ("b.lua", "return 'b'")]);
    page.prints(
        "package.preload.p = function() return {require 'a'} end print(require('a'), require('b'), require('p'))
        package.loaded.b = 'by hand' package.loaded.c = 'also'",
    );
    set(&mut page, &[("a.lua", "return 'A'"), ("b.lua", "return 'B'")]);
    assert_eq!(
        page.prints("print(require('a'), require('b'), require('c'), require('p')[1])"),
        "A\tby hand\talso\ta\n"
    );
}

#[test]
fn each_vm_has_its_own_files() {
    let (mut first, first_host) = crate::common::vm();
    let (mut second, second_host) = crate::common::vm();
    let run = |vm: &mut Vm, text: &str| drop(vm.run(&"main.lua".into(), text.as_bytes(), RunMode::Program));
    run(&mut first, "f = io.open('a', 'w') f:write('first')");
    run(&mut second, "print(io.open('a'))");
    run(&mut first, "f:close() print(io.open('a'):read('a'))");
    drop(first);
    run(&mut second, "io.open('b', 'w'):close() print(io.type(io.open('b')))");
    assert_eq!(first_host.take_written(), "first\n");
    assert_eq!(second_host.take_written(), "nil\ta: No such file or directory\t2\nfile\n");
}
