//! The engine compared with Lua as it is everywhere else (`engine/oracle`): what a program writes, what it returns,
//! the message it fails with and the traceback must be equal to the byte.
//!
//! `programs` holds what was written by hand, one file a subject; `generate.rs` writes programs that nobody would
//! think of. What differs on purpose is in [`DEPARTURES`], and nowhere else.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

#[path = "../everywhere/common.rs"]
mod common;
mod expressions;
mod flow;
mod generate;

use std::fs;
use std::path::PathBuf;

use engine::image::{HeapImage, NativeKind, Value};
use engine::lua::Interrupted;
use oracle::Outcome;
use wire::RunMode;

/// A line that the engine writes otherwise than Lua does everywhere else. COMPATIBILITY.md tells people of it.
struct Departure {
    everywhere: &'static str,
    here: &'static str,
    /// Why that is so, as COMPATIBILITY.md says it.
    reason: &'static str,
}

/// Everything that differs on purpose.
const DEPARTURES: [Departure; 4] = [
    Departure {
        everywhere: "nil\tbinary: bad binary format (truncated chunk)",
        here: "nil\tattempt to load a binary chunk (binary chunks are not accepted)",
        reason: BINARY,
    },
    Departure {
        everywhere: "text: bad binary format (truncated chunk)",
        here: "attempt to load a binary chunk (binary chunks are not accepted)",
        reason: BINARY,
    },
    Departure {
        everywhere: "true\t252 36 0 36 01 UTC",
        here: "true\t252 36 0 36 01 GMT",
        reason: "a browser tells no name of its time zone",
    },
    Departure {
        everywhere: "a summer time that there is not\ttrue\t1704103200",
        here: "a summer time that there is not\ttrue\t1704106800",
        reason: "the browser alone knows when summer time is",
    },
];

const BINARY: &str = "a binary chunk is refused";

/// What a program may read.
const INPUT: [&str; 4] = ["first line", "12 0x1p4 -3.5e1 nan", "", "last"];

/// What the engine makes of a program.
fn run(program: &[u8]) -> Outcome {
    let (mut vm, host) = common::vm();
    host.input.borrow_mut().extend(INPUT);
    let result = vm.run(&"main.lua".into(), program, RunMode::Program);
    let mut outcome = Outcome { written: host.take_written(), ..Outcome::default() };
    match result {
        Ok(image) => outcome.results = image.roots.iter().map(|value| show(&image, &value)).collect(),
        // Nobody is told the status in which a program ends itself.
        Err(Interrupted::Exited(_)) => {}
        Err(Interrupted::Failed(failure)) => outcome.error = Some((failure.message, failure.traceback)),
        Err(interrupted) => panic!("neither done nor failed: {interrupted}"),
    }
    outcome
}

fn show(image: &HeapImage, value: &Value) -> String {
    match value {
        Value::Nil => "(nil)".into(),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::Integer(integer) => integer.to_string(),
        Value::Float(float) => format!("float {:x}", float.to_bits()),
        Value::String(id) => String::from_utf8_lossy(&image[*id]).into_owned(),
        Value::Table(_) => "(table)".into(),
        Value::Function(_) | Value::Permanent(_) => "(function)".into(),
        Value::Native(id) if image.native(*id).kind == NativeKind::Coroutine => "(thread)".into(),
        Value::Native(_) => "(function)".into(),
        Value::Opaque(_) => "(opaque)".into(),
    }
}

/// Without what no two runs have in common: addresses.
fn comparable(text: &str) -> String {
    let mut pieces = text.split("0x");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_hexdigit).count();
        text.push_str(if digits >= 8 { "0x?" } else { "0x" });
        text.push_str(&piece[if digits >= 8 { digits } else { 0 }..]);
    }
    text
}

/// One text of all that became of a program.
fn told(outcome: &Outcome) -> String {
    let mut text = outcome.written.clone();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str("(no line feed)\n");
    }
    outcome.results.iter().for_each(|result| text.push_str(&format!("returned {result}\n")));
    if let Some((message, traceback)) = &outcome.error {
        text.push_str(&format!("failed: {message}\n{traceback}\n"));
    }
    comparable(&text)
}

/// How many lines that differ are shown of a program.
const MAX_DIFFERENCES: usize = 8;

/// The first lines that differ between two texts, with those before them.
fn difference(expected: &str, found: &str) -> Option<String> {
    let (expected, found): (Vec<_>, Vec<_>) = (expected.lines().collect(), found.lines().collect());
    let length = expected.len().max(found.len());
    let line = |lines: &[&str], at: usize| (*lines.get(at).unwrap_or(&"(nothing)")).to_owned();
    let differ = |at: &usize| expected.get(*at) != found.get(*at);
    let first = (0..length).find(differ)?;
    let before = expected[first.saturating_sub(2)..first.min(expected.len())].join("\n");
    let pairs = (first..length).filter(differ).take(MAX_DIFFERENCES);
    let pairs = pairs.map(|at| format!("\n  everywhere: {}\n  here:       {}", line(&expected, at), line(&found, at)));
    Some(before + &pairs.collect::<String>())
}

/// How the engine differs from Lua everywhere else in a program, if it does. `used` notes which departures it met.
fn compare(program: &[u8], used: &mut [bool]) -> Option<String> {
    let everywhere = oracle::run(program, INPUT.map(|line| format!("{line}\n")).concat().as_bytes()).unwrap();
    let mut expected = told(&everywhere);
    for (departure, used) in DEPARTURES.iter().zip(used) {
        *used |= expected.lines().any(|line| line == departure.everywhere);
        let lines = expected.lines().map(|line| if line == departure.everywhere { departure.here } else { line });
        expected = lines.map(|line| format!("{line}\n")).collect();
    }
    difference(&expected, &told(&run(program)))
}

#[test]
fn programs_do_the_same_here_as_everywhere() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/differential/programs");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 10, "only {} programs were found", paths.len());
    let mut used = [false; DEPARTURES.len()];
    let mut differences = Vec::new();
    for path in &paths {
        let program = fs::read(path).unwrap();
        // One that does not compile is the same everywhere, and shows nothing.
        assert!(!run(&program).written.is_empty(), "{} writes nothing", path.display());
        differences.extend(compare(&program, &mut used).map(|it| format!("{}:\n{it}", path.display())));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
    for (departure, used) in DEPARTURES.iter().zip(used) {
        assert!(used, "no program shows this departure any more: {} ({})", departure.everywhere, departure.reason);
    }
}

/// What differs is told to people.
#[test]
fn departures_stand_in_the_list_of_them() {
    let list = include_str!("../../../COMPATIBILITY.md");
    for departure in &DEPARTURES {
        assert!(list.contains(departure.reason), "COMPATIBILITY.md does not say: {}", departure.reason);
    }
}

/// A comparison that could not fail would prove nothing.
#[test]
fn differences_are_seen() {
    assert_eq!(difference("a\nb\n", "a\nb\n"), None);
    assert_eq!(difference("a\nb\n", "a\nc\n").unwrap(), "a\n  everywhere: b\n  here:       c");
    assert_eq!(difference("a\n", "a\nb\n").unwrap(), "a\n  everywhere: (nothing)\n  here:       b");
    assert_eq!(comparable("table: 0x55d0c8a012f0 0xff 0x"), "table: 0x? 0xff 0x");
    // What the engine has, and nobody else.
    let difference = compare(b"return type(_home)", &mut []).unwrap();
    assert_eq!(difference, "\n  everywhere: returned nil\n  here:       returned table");
    let failing = b"local function f() error('oh') end f()";
    assert!(told(&run(failing)).starts_with("failed: main.lua:1: oh\nstack traceback:\n\t[C]: in function 'error'\n"));
    assert_eq!(compare(failing, &mut []), None);
}
