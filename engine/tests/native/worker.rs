//! The worker: requests in, events out, with a store in memory.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use engine::archive::Archive;
use engine::store::{Change, Contents, MemoryStore, PieceName, SnapshotStore, StoreError, WriterId};
use engine::worker::Worker;
use wire::{
    ArchiveEvent, Call, ChunkLocation, ChunkName, Command, Event, EventBody, Inspect, Kind, Limits, Opening, Outcome,
    Progress, Reference, Reply, Request, RequestId, RunMode, RunReport, ShowSource, SnapshotInfo, SnapshotKind,
    SourcePath, Step, Subject,
};

/// A store that outlives its worker and fails on demand.
#[derive(Clone, Default)]
pub struct SharedStore {
    pub memory: Rc<MemoryStore>,
    pub failure: Rc<RefCell<Option<StoreError>>>,
}

impl SnapshotStore for SharedStore {
    async fn contents(&self) -> Result<Contents, StoreError> {
        self.memory.contents().await
    }

    async fn pieces(&self, names: &[PieceName]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        self.memory.pieces(names).await
    }

    async fn piece_names(&self) -> Result<Vec<PieceName>, StoreError> {
        self.memory.piece_names().await
    }

    async fn apply(&self, change: &Change) -> Result<(), StoreError> {
        let failure = self.failure.borrow().clone();
        match failure {
            Some(error) => Err(error),
            None => self.memory.apply(change).await,
        }
    }
}

/// Runs a future that never has to wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a store in memory does not wait"),
    }
}

async fn opened(store: SharedStore, is_writer: bool) -> Result<Archive<SharedStore>, StoreError> {
    thread_local! {
        static WRITERS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }
    let number = WRITERS.replace(WRITERS.get() + 1);
    let mut archive = Archive::open(store, WriterId(number.to_string())).await?;
    if is_writer {
        // As in the browser: what cannot be recorded now is recorded later.
        let _ = archive.claim().await;
    }
    Ok(archive)
}

pub struct Page {
    worker: Worker<SharedStore>,
    pub events: Rc<RefCell<Vec<Event>>>,
    pub host: Rc<crate::common::TestHost>,
    pub opening: Opening,
    next: u32,
    /// The events for requests other than the last one: answers to questions during a run.
    pub answered: Vec<Event>,
    /// How far the last request said it was, in order.
    pub progress: Vec<Progress>,
}

impl Page {
    pub fn open(store: &SharedStore) -> Page {
        Page::open_with(store, true)
    }

    /// A second tab.
    pub fn open_read_only(store: &SharedStore) -> Page {
        Page::open_with(store, false)
    }

    fn open_with(store: &SharedStore, is_writer: bool) -> Page {
        let events = Rc::new(RefCell::new(Vec::new()));
        let emit = Rc::clone(&events);
        let host = crate::common::TestHost::new();
        let archive = now(opened(store.clone(), is_writer));
        let worker = Worker::new(host.clone(), archive, move |event| emit.borrow_mut().push(event));
        let opening = Opening::default();
        let mut page = Page { worker, events, host, opening, next: 1, answered: Vec::new(), progress: Vec::new() };
        let events = page.ask(Command::Open { limits: Limits::default() });
        let [EventBody::Opened(opening), EventBody::Archive(ArchiveEvent::HistoryChanged(_))] = &events[..] else {
            panic!("{events:?}")
        };
        page.opening = opening.clone();
        page
    }

    pub fn ask(&mut self, command: Command) -> Vec<EventBody> {
        let id = RequestId(self.next);
        self.next += 1;
        now(self.worker.handle(Request { id, command }));
        let mut events = self.events.take();
        let of_request = events.extract_if(.., |event| is_progress(event) && event.request == Some(id));
        self.progress = of_request.filter_map(|event| progress(event.body)).collect();
        self.answered = events.extract_if(.., |event| event.request != Some(id)).collect();
        events.into_iter().map(|event| event.body).collect()
    }

    pub fn run_events(&mut self, source: &str) -> Vec<EventBody> {
        let mode = RunMode::Program;
        self.ask(Command::Run { source: source.into(), chunk: "main.lua".into(), mode })
    }

    /// Returns the printed text and the outcome.
    pub fn run(&mut self, source: &str) -> (String, Outcome) {
        let mut printed = String::new();
        let mut outcome = None;
        for event in self.run_events(source) {
            match event {
                EventBody::Printed(output) => printed.push_str(&output.text),
                EventBody::RunFinished(RunReport { outcome: ended, .. }) => outcome = Some(ended),
                _ => {}
            }
        }
        (printed, outcome.expect("RunFinished"))
    }

    pub fn prints(&mut self, source: &str) -> String {
        let (printed, outcome) = self.run(source);
        assert!(matches!(outcome, Outcome::Returned(_)), "{outcome:?}");
        printed
    }

    pub fn list(&mut self, subject: Subject, path: &[Step]) -> Option<wire::Listing> {
        let events = self.ask(Inspect { subject, path: path.to_vec(), offset: 0, limit: 100 }.into_command());
        let [EventBody::Replied(Reply::Inspect(listing))] = &events[..] else { panic!("{events:?}") };
        listing.clone()
    }

    /// The rows, each as `label: value`.
    pub fn rows(&mut self, subject: Subject, path: &[Step]) -> Vec<String> {
        let listing = self.list(subject, path).expect("a listing");
        listing.rows.into_iter().map(|row| format!("{}: {}", row.label, row.value.text)).collect()
    }

    pub fn snapshots(&mut self) -> Vec<SnapshotInfo> {
        match &self.ask(Command::ListSnapshots)[..] {
            [EventBody::SnapshotsListed(snapshots)] => snapshots.clone(),
            events => panic!("{events:?}"),
        }
    }

    pub fn save(&mut self, name: &str) -> SnapshotInfo {
        match &self.ask(Command::SaveSnapshot { name: name.into() })[..] {
            [EventBody::SnapshotSaved(info), EventBody::SnapshotsListed(_)] => info.clone(),
            events => panic!("{events:?}"),
        }
    }
}

fn is_progress(event: &Event) -> bool {
    matches!(event.body, EventBody::Archive(ArchiveEvent::Progressed(_)))
}

fn progress(body: EventBody) -> Option<Progress> {
    match body {
        EventBody::Archive(ArchiveEvent::Progressed(progress)) => Some(progress),
        _ => None,
    }
}

pub fn key(name: &str) -> Step {
    Step::Key(wire::Key::String(name.into()))
}

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
                EventBody::Archive(ArchiveEvent::HistoryChanged(_)),
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
fn a_failed_run_keeps_its_changes_and_saves_them() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    let (printed, outcome) = page.run("_home.x = 1\nprint('before')\nlocal t\nlocal y = t.z");
    assert_eq!(printed, "before\n");
    let Outcome::Failed(error) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.message, "main.lua:4: attempt to index a nil value (local 't')");
    assert_eq!(error.location, Some(ChunkLocation { chunk: "main.lua".into(), line: 4 }));
    assert!(error.traceback.contains("main.lua:4: in main chunk"), "{}", error.traceback);
    assert_eq!(Page::open(&store).prints("print(_home.x)"), "1\n");
}

#[test]
fn errors_of_every_kind_have_a_message_and_a_place() {
    let mut page = Page::open(&SharedStore::default());
    let cases = [
        ("x = = 1", "main.lua:1: unexpected symbol near '='", Some(1)),
        ("\n\nerror({})", "(error object is a table value)", Some(3)),
        ("error()", "(error object is a nil value)", Some(1)),
        ("error(setmetatable({}, {__tostring = function() return 'mine' end}))", "mine", Some(1)),
        ("\nerror('plain', 0)", "plain", Some(2)),
        ("local function f() error('twice', 2) end\nf()", "main.lua:2: twice", Some(2)),
        ("local function f() return f() + 1 end\nf()", "stack overflow", Some(1)),
        ("\nload('error(\"inner\")')()", "[string \"error(\"inner\")\"]:1: inner", Some(1)),
    ];
    for (source, message, line) in cases {
        let (_, outcome) = page.run(source);
        let Outcome::Failed(error) = outcome else { panic!("{source}: {outcome:?}") };
        assert!(error.message.contains(message), "{source}: {}", error.message);
        assert_eq!(error.location.map(|location| location.line), line, "{source}");
    }
    assert_eq!(page.prints("print('alive')"), "alive\n");
}

#[test]
fn the_location_of_an_error_names_the_file_however_messages_shorten_its_name() {
    let mut page = Page::open(&SharedStore::default());
    let long = format!("{}/json.lua", "very-long-name/".repeat(5).trim_end_matches('/'));
    for name in ["tool", "lib/json.lua", &long] {
        let chunk = ChunkName::File(SourcePath::parse(name).unwrap());
        for (source, line) in [("\nerror('oh')", 2), ("\n\nx = = 1", 3)] {
            let command = Command::Run { source: source.into(), chunk: chunk.clone(), mode: RunMode::Program };
            let failed = page.ask(command).into_iter().find_map(|event| match event {
                EventBody::RunFinished(RunReport { outcome: Outcome::Failed(error), .. }) => error.location,
                _ => None,
            });
            assert_eq!(failed, Some(ChunkLocation { chunk: chunk.clone(), line }), "{name}");
        }
    }
}

#[test]
fn running_out_of_memory_is_an_error_that_the_vm_survives() {
    let mut page = Page::open(&SharedStore::default());
    page.ask(Command::SetLimits { limits: Limits { memory_bytes: 16 << 20, ..Limits::default() } });
    for source in ["local t = {} while true do t[#t + 1] = {} end", "local s = 'x' while true do s = s .. s end"] {
        let (_, outcome) = page.run(source);
        let Outcome::Failed(error) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error.message, "not enough memory");
    }
    assert_eq!(page.prints("collectgarbage() print(pcall(string.rep, 'x', 1 << 30))"), "false\tnot enough memory\n");
    assert_eq!(page.prints("print(#('x'):rep(1000))"), "1000\n");
}

#[test]
fn a_stop_cannot_be_swallowed_and_keeps_the_state() {
    let mut page = Page::open(&SharedStore::default());
    let loops = [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "while true do xpcall(error, function() while true do end end) end",
        "local co = coroutine.wrap(function() while true do end end) while true do pcall(co) end",
        "table.sort({3, 2, 1, 5, 4}, function() while true do end end)",
        "string.gsub('abc', '.', function() while true do end end)",
        "local t = setmetatable({}, {__index = function() while true do end end}) return t.x",
        "local function f() return f() end f()",
        "while true do load('while true do end')() end",
        "for _ in function() return 1 end do end",
        "for _ in os.clock do end",
        "for _ = 1, math.huge do end",
        "for _ = 1.0, math.huge do end",
        "local i = 0 ::again:: i = i + 1 goto again",
        "print(('a'):rep(40):find(('a*'):rep(40) .. 'b'))",
        "print(('a'):rep(40):find(('a?'):rep(40) .. 'b'))",
        "print(('a'):rep(99):find(('.-'):rep(20) .. 'b'))",
        "print(('('):rep(1e6):find('%b()'))",
        "while true do pcall(string.find, ('a'):rep(40), ('a*'):rep(40) .. 'b') end",
        "local x <close> = setmetatable({}, {__close = function() while true do end end})",
        "for i = 1, 10 do _home[i] = i end repeat until false",
        "while true do setmetatable({}, {__gc = function() while true do end end}) collectgarbage() end",
        "local f = function() end for i = 1, 60 do local g = f f = function() g() g() end end f()",
        "local function f(co) return coroutine.wrap(f)(co) end while true do pcall(f) end",
        "while true do coroutine.resume(coroutine.create(function() pcall(coroutine.yield) end)) end",
        "local f = coroutine.wrap(function() while true do pcall(coroutine.yield) end end) while true do pcall(f) end",
        "local f = coroutine.wrap(function() while true do pcall(function()
            local x <close> = setmetatable({}, {__close = function() while true do coroutine.yield() end end})
        end) end end) while true do xpcall(f, f) end",
    ];
    for source in loops {
        page.run("stopped_here = nil");
        page.host.stop.set(true);
        let (_, outcome) = page.run(&format!("_home.before = 1 stopped_here = true {source}"));
        page.host.stop.set(false);
        assert_eq!(outcome, Outcome::Stopped, "{source}");
        assert_eq!(page.prints("print(stopped_here, _home.before)"), "true\t1\n", "{source}");
    }
}

#[test]
fn a_time_limit_cannot_be_swallowed() {
    let mut page = Page::open(&SharedStore::default());
    page.ask(Command::SetLimits { limits: Limits { time_millis: 20, ..Limits::default() } });
    for source in ["while true do end", "\nwhile true do pcall(function() while true do end end) end"] {
        let (_, outcome) = page.run(source);
        let Outcome::Failed(error) = outcome else { panic!("{outcome:?}") };
        assert!(error.message.contains("time limit exceeded"), "{}", error.message);
    }
    assert_eq!(page.prints("print('in time')"), "in time\n");
}

/// A thousand runs that end in every possible way.
#[test]
fn many_runs_leak_nothing() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    let named = page.save("before");
    page.ask(Command::SetLimits { limits: Limits { memory_bytes: 8 << 20, ..Limits::default() } });
    let mut after_a_hundred = 0;
    for round in 0..250 {
        let (_, outcome) =
            page.run("_home.n = (_home.n or 0) + 1 function _home.f() return _home.n end return {_home.f()}");
        assert!(matches!(outcome, Outcome::Returned(_)), "{outcome:?}");
        let (_, outcome) = page.run("local function f() error({}) end f()");
        assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
        page.host.stop.set(true);
        assert_eq!(page.run("while true do pcall(error) end").1, Outcome::Stopped);
        page.host.stop.set(false);
        let (_, outcome) = page.run("local t = {} while true do t[#t + 1] = {} end");
        assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
        let events = page.run_events("collectgarbage() collectgarbage()");
        let memory = events.iter().find_map(|event| match event {
            EventBody::RunFinished(report) => Some(report.memory_bytes),
            _ => None,
        });
        let memory = memory.expect("RunFinished");
        if round == 24 {
            after_a_hundred = memory;
        } else if round > 24 {
            assert!(memory <= after_a_hundred + 4096, "{memory} bytes after {round} rounds, {after_a_hundred} before");
        }
    }
    assert!(page.snapshots().iter().any(|info| info.id == named.id));
    assert_eq!(Page::open(&store).prints("print(_home.f())"), "250\n");
}

#[test]
fn a_finalizer_cannot_keep_a_vm_from_closing() {
    let mut page = Page::open(&SharedStore::default());
    page.run("x = setmetatable({}, {__gc = function() while true do end end})");
    drop(page);
}

#[test]
fn a_console_line_may_be_an_expression_or_a_statement() {
    let mut page = Page::open(&SharedStore::default());
    let mut line = |source: &str| {
        let events = page.ask(Command::Run { source: source.into(), chunk: "console".into(), mode: RunMode::Console });
        match events.into_iter().find_map(|event| match event {
            EventBody::RunFinished(report) => Some(report.outcome),
            _ => None,
        }) {
            Some(Outcome::Returned(values)) => values.into_iter().map(|value| value.text).collect::<Vec<_>>().join(" "),
            Some(Outcome::Failed(error)) => error.message,
            Some(Outcome::Incomplete) => "more".to_owned(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(line("1 + 1, 'two', nil"), "2 \"two\" nil");
    assert_eq!(line("y = 5"), "");
    assert_eq!(line("y"), "5");
    assert_eq!(line("y +"), "console:1: syntax error near '+'");
    assert_eq!(line("= y * 2, y"), "10 5");
    assert_eq!(line("z = 1 -- and\nreturn z + y"), "6");
    assert_eq!(line("error('near <eof>', 0)"), "near <eof>");
    for beginning in ["for i = 1, 3 do", "y = ", "f(function()", "[[text", "if y then\n  y = 6\n"] {
        assert_eq!(line(beginning), "more", "{beginning}");
    }
    assert_eq!(line("y"), "5");
}

#[test]
fn the_beginning_of_a_statement_saves_nothing() {
    let mut page = Page::open(&SharedStore::default());
    let run = |source: &str, mode| Command::Run { source: source.into(), chunk: "console".into(), mode };
    let events = page.ask(run("_home.x = function()", RunMode::Console));
    let outcome = |event: &EventBody| match event {
        EventBody::RunFinished(report) => Some(report.outcome.clone()),
        _ => None,
    };
    assert_eq!(events.iter().find_map(outcome), Some(Outcome::Incomplete));
    assert!(!events.iter().any(|event| matches!(event, EventBody::HomeSaved(_))));
    // A program is never asked to go on.
    let events = page.ask(run("_home.x = function()", RunMode::Program));
    assert!(matches!(events.iter().find_map(outcome), Some(Outcome::Failed(_))));
    assert!(events.iter().any(|event| matches!(event, EventBody::HomeSaved(_))));
}

#[test]
fn printed_text_arrives_whole_whatever_its_bytes() {
    let mut page = Page::open(&SharedStore::default());
    assert_eq!(page.prints("io.write('a\\xffb') io.write('\\xe2\\x9c') io.write('\\x93') print()"), "a\u{fffd}b✓\n");
    let (printed, _) = page.run("for i = 1, 100000 do print(i) end io.stderr:write('last')");
    assert!(printed.ends_with("99999\n100000\nlast"));
    let mut lines = 0;
    let mut dropped = 0;
    for event in page.run_events("for i = 1, 300000 do print('a line of some length, number ' .. i) end") {
        if let EventBody::Printed(output) = event {
            lines += output.text.matches('\n').count() as u64;
            dropped += output.dropped_lines;
        }
    }
    assert_eq!(lines + dropped, 300_000);
}

/// What the console says where a program reads and nobody types.
const TOLD: &str = "io.read returns nil: the page is not cross-origin isolated, so a program cannot wait for input\n";

#[test]
fn a_program_reads_lines() {
    let mut page = Page::open(&SharedStore::default());
    page.host.input.borrow_mut().extend(["first", "12", "x", "rest 1", "rest 2"]);
    let events = page.run_events("print(io.read(), io.read('n'), io.read('L')) print(io.read('a'))");
    assert!(matches!(&events[..], [EventBody::RunStarted, EventBody::InputAwaited, ..]), "{events:?}");
    let printed = events.iter().find_map(|event| match event {
        EventBody::Printed(output) => Some(output.text.clone()),
        _ => None,
    });
    // The number leaves the rest of its line.
    assert_eq!(printed.as_deref(), Some("first\t12\t\n\n"));
    page.host.input.borrow_mut().clear();
    let programs = [
        ("print(io.read('n', '*number', 'l'))", "12\t62.0\t rest\n"),
        ("print(io.read(3), io.read('*line'), io.read(0), io.read('n'), io.read())", "abc\tdef\t\tnil\tx 4\n"),
        ("for number, comma in io.lines(nil, 'n', 1) do print(number, comma) end", "1\t,\n2.5\t,\n-3\t\n\n"),
        ("print(io.input() == io.stdin, io.input():read('*l', 'L', 'a', 'a', 'l'))", "true\ta\tb\n\tc\n\t\tnil\n"),
        ("print(pcall(io.read, 'x'))", "false\tbad argument #1 to 'io.read' (invalid format)\n"),
        ("print(io.stdout:read(), io.stdin:write('x'))", "nil\tnil\tBad file descriptor\t9\n"),
        ("print(loadfile()())", "loaded\n"),
        ("debug.debug() print('after')", "lua_debug> typed\nlua_debug> after\n"),
    ];
    let lines: [&[&str]; 8] = [
        &[" 12 0x1Fp1 rest"],
        &["abcdef", "x 4"],
        &["1,2.5,-3"],
        &["a", "b", "c"],
        &["never read"],
        &[],
        &["#!/usr/bin/lua", "return 'loaded'"],
        &["print('typed')", "cont"],
    ];
    for ((program, printed), lines) in programs.into_iter().zip(lines) {
        page.host.input.borrow_mut().clear();
        page.host.input.borrow_mut().extend(lines);
        let told = page.prints(program).replace(TOLD, "");
        assert_eq!(told, printed, "{program}");
    }
    page.host.input.borrow_mut().clear();
    assert_eq!(page.prints("print(io.read())"), format!("{TOLD}nil\n"));
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
            "again: {{…}, {…}}",
            "class: {}",
            "next: function next(step, ...)",
            "self: {[1.5] = print, again = {…}, class = {}, …}",
            "[\"two words\"]: \"a\\\"b\"",
            "users: {{…}, {…}}",
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
    match &page.ask(Command::RestoreSnapshot { id: first.id.clone() })[..] {
        [
            EventBody::SnapshotRestored(info),
            EventBody::Archive(ArchiveEvent::HistoryChanged(_)),
            EventBody::HomeSaved(_),
            EventBody::SnapshotsListed(_),
        ] => {
            assert_eq!(info.id, first.id);
        }
        events => panic!("{events:?}"),
    }
    assert_eq!(page.prints("print(_home.x, keeps)"), "1\tglobals\n");
    let mut page = Page::open(&store);
    assert_eq!(page.prints("print(_home.x)"), "1\n");
    page.ask(Command::DeleteSnapshot { id: first.id.clone() });
    assert!(page.snapshots().iter().all(|info| info.id != first.id));
    let events = page.ask(Command::RestoreSnapshot { id: first.id });
    assert!(matches!(&events[..], [EventBody::SnapshotsListed(_), EventBody::Faulted(_)]), "{events:?}");
    assert_eq!(page.prints("print(_home.x)"), "1\n");
    let events = page.ask(Command::SaveSnapshot { name: "  ".into() });
    assert!(matches!(&events[..], [EventBody::Faulted(_)]), "{events:?}");
}

#[test]
fn what_cannot_be_saved_is_reported_by_path() {
    let mut page = Page::open(&SharedStore::default());
    let events = page
        .run_events("local co = coroutine.create(print) _home.jobs = {1, {co = co}} function _home.f() return co end");
    let [.., EventBody::HomeSaved(report)] = &events[..] else { panic!("{events:?}") };
    let omissions: Vec<_> =
        report.snapshot.omissions.iter().map(|omission| (omission.path.as_str(), omission.kind.as_str())).collect();
    assert_eq!(omissions, [("_home.f<upvalue co>", "coroutine"), ("_home.jobs[2].co", "coroutine")]);
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
    for i in 1..=70 {
        page.run(&format!("_home.x = {i}"));
    }
    let snapshots = page.snapshots();
    assert_eq!(snapshots.len(), 51);
    assert!(snapshots.iter().any(|info| info.id == named.id));
    assert_eq!(Page::open(&store).prints("print(_home.x)"), "70\n");
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
