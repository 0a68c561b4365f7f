//! `_io` as the page sets and shows it.

use wire::{Command, EventBody, Fault, Subject};

use crate::page::{Page, SharedStore};

fn give(page: &mut Page, json: &str) -> Vec<EventBody> {
    page.ask(Command::SetInput { json: json.into() })
}

#[test]
fn json_becomes_the_input_of_the_next_run() {
    let mut page = Page::open(&SharedStore::default());
    let json =
        r#"{"users": [{"name": "Ada", "age": 36}, null, 1.5], "big": 9007199254740993, "é\u0000": true, "e": []}"#;
    assert_eq!(give(&mut page, json), []);
    let program = "local i = _io.input
        print(i.users[1].name, math.type(i.users[1].age), i.users[2], i.users[3], i.big, i['é\\0'], next(i.e))";
    assert_eq!(page.prints(program), "Ada\tinteger\tnil\t1.5\t9007199254740993\ttrue\tnil\n");
    for (json, expected) in [("5", "5"), ("\"text\"", "text"), (" \n", "nil"), ("[1, 2]", "2"), ("{}", "0")] {
        assert_eq!(give(&mut page, json), []);
        let shown = page.prints("local i = _io.input print(type(i) == 'table' and #i or i)");
        assert_eq!(shown, format!("{expected}\n"), "{json}");
    }
}

#[test]
fn json_keeps_every_digit_and_any_depth() {
    let mut page = Page::open(&SharedStore::default());
    let depth = 10_000;
    let json = format!(
        r#"{{"sum": 0.30000000000000004, "small": 5e-324, "zero": -0, "big": 9223372036854775808, "deep": {}{}}}"#,
        "[".repeat(depth),
        "]".repeat(depth),
    );
    assert_eq!(give(&mut page, &json), []);
    let program = "local i, depth, deep = _io.input, 0, _io.input.deep
        while deep do depth, deep = depth + 1, deep[1] end
        print(i.sum == 0.1 + 0.2, i.small == 2^-1074, 1 / i.zero, i.big == 2^63, math.type(i.big), depth)";
    assert_eq!(page.prints(program), format!("true\ttrue\t-inf\ttrue\tfloat\t{depth}\n"));
}

#[test]
fn invalid_json_changes_nothing() {
    let mut page = Page::open(&SharedStore::default());
    give(&mut page, "\"before\"");
    for json in ["{", "{'a': 1}", "[1, 2", "nil", "1 2", &"[".repeat(1000)] {
        let events = give(&mut page, json);
        let [EventBody::Faulted(Fault { message, .. })] = &events[..] else { panic!("{events:?}") };
        assert!(message.starts_with("The input was not set: it is not JSON: "), "{message}");
    }
    assert_eq!(page.prints("print(_io.input)"), "before\n");
}

#[test]
fn the_output_is_shown_as_the_last_run_left_it() {
    let mut page = Page::open(&SharedStore::default());
    assert_eq!(page.list(Subject::Output, &[]).expect("a listing").of.text, "nil");
    page.prints("_io.output = {count = 2, items = {'a', print}}");
    assert_eq!(page.rows(Subject::Output, &[]), ["count: 2", "items: {\"a\", print}"]);
    page.prints("_io.output = 42");
    assert_eq!(page.list(Subject::Output, &[]).expect("a listing").of.text, "42");
    page.prints("_io = nil");
    assert_eq!(page.list(Subject::Output, &[]).expect("a listing").of.text, "nil");
}

#[test]
fn input_and_output_are_not_saved() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    give(&mut page, "1");
    page.prints("_io.output = 2 _home.x = 3");
    let mut page = Page::open(&store);
    assert_eq!(page.prints("print(_io.input, _io.output, _home.x)"), "nil\tnil\t3\n");
}
