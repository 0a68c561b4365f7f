//! What runs do: how they fail, how they end, what they print and read.

use wire::*;

use crate::page::*;

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
    page.ask(Command::ChangeSettings(Settings {
        limits: Limits { memory_bytes: 16 << 20, ..Limits::default() },
        ..Settings::default()
    }));
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
    page.ask(Command::ChangeSettings(Settings {
        limits: Limits { time_millis: 20, ..Limits::default() },
        ..Settings::default()
    }));
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
    page.ask(Command::ChangeSettings(Settings {
        limits: Limits { memory_bytes: 8 << 20, ..Limits::default() },
        ..Settings::default()
    }));
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
