//! Printed lines whose values can be opened.

use wire::{EventBody, Outcome, PrintedLine, PrintedPart, RequestId, Step, Subject};

use crate::page::{Page, SharedStore};

/// What a run writes, in order: its text, and its lines with values as one text each.
fn printed(page: &mut Page, source: &str) -> Vec<String> {
    let event = |event| match event {
        EventBody::Printed(output) => Some(output.text),
        EventBody::PrintedLine(line) => Some(shown(&line)),
        _ => None,
    };
    page.run_events(source).into_iter().filter_map(event).collect()
}

/// The parts of a line, values between ‹ and ›.
fn shown(line: &PrintedLine) -> String {
    let part = |part: &PrintedPart| match part {
        PrintedPart::Text(text) => text.clone(),
        PrintedPart::Value(value) => format!("‹{}›", value.text),
    };
    line.parts.iter().map(part).collect::<Vec<_>>().join(" ")
}

#[test]
fn tables_and_functions_can_be_opened_as_they_were_when_they_were_printed() {
    let mut page = Page::open(&SharedStore::default());
    let run = RequestId(page.next);
    let lines = printed(
        &mut page,
        "local t = { 1, { name = 'Ada' } } io.write('a ') print('t', t, 2.0) t[1] = 9 print(nil, 'plain') print(t)\n\
         print(function(a) return t end)",
    );
    assert_eq!(lines, ["a ", "t ‹{1, {…}}› 2.0", "nil\tplain\n", "‹{9, {…}}›", "‹function(a)›"]);
    let line = |number| Subject::Printed { run, number };
    assert_eq!(page.rows(line(0), &[Step::Result(0)]), ["[1]: 1", "[2]: {name = \"Ada\"}"]);
    assert_eq!(page.rows(line(1), &[Step::Result(0)]), ["[1]: 9", "[2]: {name = \"Ada\"}"]);
    assert_eq!(page.rows(line(2), &[Step::Result(0)]), ["upvalue t: {9, {…}}"]);
    assert_eq!(page.list(line(3), &[Step::Result(0)]), None);
}

#[test]
fn a_coroutine_and_a_finalizer_print_as_all_do() {
    let mut page = Page::open(&SharedStore::default());
    let program = "coroutine.wrap(function() coroutine.yield(print({ 1 })) print({ 2 }) end)()
        setmetatable({}, { __gc = function() print({ 3 }) end }) collectgarbage() collectgarbage()
        local before = collectgarbage('count') for i = 1, 10000 do local t = { i, {} } end
        print(collectgarbage('isrunning'), collectgarbage('count') < before + 1000)";
    assert_eq!(printed(&mut page, program), ["‹{1}›", "‹{3}›", "true\ttrue\n"]);
}

#[test]
fn a_table_with_a_text_of_its_own_shows_both() {
    let mut page = Page::open(&SharedStore::default());
    let program = "local p = setmetatable({ x = 1 }, { __tostring = function() print('inside') return 'P(1)' end })
        print('p', p, 'end')";
    assert_eq!(printed(&mut page, program), ["p P(1) ‹{x = 1}› end"]);
    let EventBody::PrintedLine(line) = &page.run_events("print({})")[1] else { panic!() };
    assert!(line.text.starts_with("table: "), "{}", line.text);
}

#[test]
fn an_error_in_a_text_leaves_what_was_written_before_it() {
    let mut page = Page::open(&SharedStore::default());
    let program = "print('a', {}, setmetatable({}, { __tostring = function() error('no') end })) ";
    let (text, outcome) = page.run(program);
    assert!(text.starts_with("a\ttable: ") && text.ends_with('\t'), "{text}");
    assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
    assert_eq!(
        page.run("print(pcall(print, {}, setmetatable({}, { __tostring = 1 })))").1,
        Outcome::Returned(Vec::new())
    );
}

#[test]
fn large_values_are_kept_in_part() {
    let mut page = Page::open(&SharedStore::default());
    let run = RequestId(page.next);
    let program = "local t = {} for i = 1, 1000000 do t[i] = { i } end print(t)
        print({ a = ('x'):rep(1000000), b = 'y' })
        local list = {} for i = 1, 1000000 do list = { next = list } end print(list)";
    assert_eq!(printed(&mut page, program).len(), 3);
    let rows = page.list(Subject::Printed { run, number: 0 }, &[Step::Result(0)]).unwrap().of.child_count;
    assert!((1000..=2001).contains(&rows), "{rows}");
    let rows = page.rows(Subject::Printed { run, number: 1 }, &[Step::Result(0)]);
    assert_eq!(rows, ["a: left out", "b: \"y\""]);
}

#[test]
fn a_run_opens_at_most_500_lines_and_prints_the_others() {
    let mut page = Page::open(&SharedStore::default());
    let events = page.run_events("for i = 1, 5000 do print(i, {}) end");
    let opened = events.iter().filter(|event| matches!(event, EventBody::PrintedLine(_))).count();
    assert_eq!(opened, 500);
    let rest: String = events
        .iter()
        .filter_map(|event| match event {
            EventBody::Printed(output) => Some(output.text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!((rest.lines().count(), rest.split('\t').next()), (4500, Some("501")));
}
