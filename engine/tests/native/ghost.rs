//! States are copied, and things are tried out in the copies.

use wire::{
    Call, Command, DiffTotals, Ending, EventBody, FileChange, Fork, Forked, Limits, Preferences, RunMode, Settings,
    SourcePath, Subject, Trial, Try,
};

use crate::page::{Page, SharedStore};

fn new_page() -> Page {
    Page::open(&SharedStore::default())
}

fn fork_of(page: &mut Page, subject: Subject) -> Forked {
    let reply = page.ask(Fork { subject }.into_command()).pop();
    reply.and_then(Fork::reply_of).expect("an answer")
}

fn fork(page: &mut Page) -> Forked {
    fork_of(page, Subject::Home)
}

fn line(state: Option<Forked>, source: &str) -> Try {
    let settings = Settings { limits: Limits { time_millis: 200, ..Limits::default() }, ..Settings::default() };
    let (source, chunk) = (source.into(), "console".into());
    Try { state, source, chunk, mode: RunMode::Console, input: None, settings }
}

fn try_out(ghost: &mut Page, state: Option<Forked>, source: &str) -> Trial {
    let mut events = ghost.ask(line(state, source).into_command());
    let last = events.pop().and_then(Try::reply_of);
    assert!(events.iter().all(|event| !matches!(event, EventBody::HomeSaved(_) | EventBody::History(_))), "{events:?}");
    last.expect("an answer").expect("all of a chunk")
}

/// What a line returns, or why it fails, in a copy of what a program left.
fn returned(program: &str, source: &str) -> String {
    let (mut page, mut ghost) = (new_page(), new_page());
    page.prints(program);
    let state = fork(&mut page);
    text(try_out(&mut ghost, Some(state), source).info.ending)
}

fn text(ending: Ending) -> String {
    match ending {
        Ending::Returned(values) => values.join(", "),
        Ending::Failed { message, .. } => message,
        other => format!("{other:?}"),
    }
}

#[test]
fn what_lives_outside_of_home_is_in_the_copy() {
    for (program, source, expected) in [
        ("x = 5", "x", "5"),
        ("_home.t = {}; t = _home.t", "t == _home.t", "true"),
        ("function string.shout(s) return s:upper() .. '!' end", "('a'):shout()", "\"A!\""),
        ("print = nil; function print() return 'mine' end", "print()", "\"mine\""),
        ("package.loaded.m = { n = 3 }", "require 'm'.n", "3"),
        ("setmetatable(_G, { __index = function(_, k) return 'no ' .. k end })", "foo", "\"no foo\""),
        ("_io.output = { 1, 2 }", "#_io.output", "2"),
        ("local n = 0; function _home.next() n = n + 1; return n end _home.next()", "_home.next()", "2"),
        ("local n = 0; function f() n = n + 1 end function g() return n end", "f() or f() or g()", "2"),
        ("", "math.pi > 3 and io.stdout ~= nil and string.rep('a', 2)", "\"aa\""),
        ("_home = 5", "_home", "5"),
        ("", "Memory == _home", "true"),
    ] {
        assert_eq!(returned(program, source), expected, "{program}: {source}");
    }
}

#[test]
fn random_numbers_are_those_that_come_next() {
    let (mut page, mut ghost) = (new_page(), new_page());
    let state = fork(&mut page);
    let tried = text(try_out(&mut ghost, Some(state), "math.random(1000000)").info.ending);
    assert_eq!(page.prints("print(math.random(1000000))"), format!("{tried}\n"));
}

#[test]
fn a_trial_says_what_it_would_change_and_changes_nothing() {
    let (mut page, mut ghost) = (new_page(), new_page());
    page.prints("_home.users = { ada = 1, alan = 2 }");
    let state = fork(&mut page);
    let trial =
        try_out(&mut ghost, Some(state), "_home.users.ada = 3; _home.n = 1; _home.users.alan = nil; print('hello')");
    assert_eq!(trial.info.changes, Some(DiffTotals { added: 1, removed: 1, changed: 1 }));
    assert_eq!(trial.output.iter().map(|output| output.text.as_str()).collect::<String>(), "hello\n");
    // The next one begins with the same state, and the page has its own.
    let trial = try_out(&mut ghost, None, "_home.users.ada, _home.n");
    assert_eq!(trial.info.changes, Some(DiffTotals::default()));
    assert_eq!(text(trial.info.ending), "1, nil");
    assert_eq!(page.prints("print(_home.users.ada, _home.n)"), "1\tnil\n");
}

#[test]
fn a_trial_that_does_not_end_is_ended_and_one_that_fails_says_why() {
    let (mut page, mut ghost) = (new_page(), new_page());
    let state = fork(&mut page);
    let endless = text(try_out(&mut ghost, Some(state), "while true do end").info.ending);
    assert!(endless.contains("time limit"), "{endless}");
    assert!(text(try_out(&mut ghost, None, "nothing.x").info.ending).contains("'nothing'"));
    assert_eq!(text(try_out(&mut ghost, None, "1 + 1").info.ending), "2");
    let answer = ghost.ask(line(None, "for i = 1, 3 do").into_command()).pop();
    assert_eq!(answer.and_then(Try::reply_of), Some(None));
}

#[test]
fn a_trial_leaves_files_as_they_are() {
    let mut ghost = new_page();
    let state = fork(&mut new_page());
    let path = SourcePath::parse("m.lua").unwrap();
    ghost.ask(Command::SetFiles(vec![FileChange { path, content: Some(b"return 7".to_vec()) }]));
    let trial = try_out(&mut ghost, Some(state), "io.open('m.lua', 'w'):write('return 8'):close(); return require 'm'");
    assert_eq!((text(trial.info.ending), trial.info.files_changed), ("8, \"m.lua\"".to_owned(), 1));
    assert_eq!(text(try_out(&mut ghost, None, "require 'm'").info.ending), "7, \"m.lua\"");
}

#[test]
fn a_snapshot_can_be_tried() {
    let (mut page, mut ghost) = (new_page(), new_page());
    page.prints("_home.n = 1; x = 2");
    let snapshot = page.save("first");
    page.prints("_home.n = 5");
    let state = fork_of(&mut page, Subject::Snapshot(snapshot.id));
    assert_eq!(state.random_state, None);
    assert_eq!(text(try_out(&mut ghost, Some(state), "_home.n, x").info.ending), "1, nil");
}

#[test]
fn what_cannot_be_copied_is_counted() {
    let mut page = new_page();
    page.prints("_home.n = 1");
    assert_eq!(fork(&mut page).omission_count, 0);
    page.prints("co = coroutine.create(print); _home.co = co");
    assert_eq!(fork(&mut page).omission_count, 2);
}

#[test]
fn a_copy_that_is_damaged_is_refused() {
    let (mut page, mut ghost) = (new_page(), new_page());
    page.prints("_home.n = 1");
    let mut state = fork(&mut page);
    state.bytes.truncate(state.bytes.len() - 2);
    let events = ghost.ask(line(Some(state), "1").into_command());
    assert!(matches!(&events[..], [EventBody::Faulted(_)]), "{events:?}");
    // Of what has not the form of a copy, nothing is taken.
    let mut home = fork(&mut page);
    home.random_state = None;
    let trial = try_out(&mut ghost, Some(home.clone()), "#_home");
    assert_eq!(text(trial.info.ending), "2");
    let home = page.save("home");
    let mut snapshot = fork_of(&mut page, Subject::Snapshot(home.id));
    snapshot.random_state = Some([1; 4]);
    let events = ghost.ask(line(Some(snapshot), "1").into_command());
    assert!(matches!(&events[..], [EventBody::Faulted(_)]), "{events:?}");
}

#[test]
fn a_trial_has_the_input_and_the_names_that_are_wanted() {
    let mut ghost = new_page();
    let state = fork(&mut new_page());
    let wanted = |json: &str, has_memory_alias| Try {
        input: Some(json.to_owned()),
        settings: Settings {
            preferences: Preferences { has_memory_alias, ..Preferences::default() },
            ..Settings::default()
        },
        ..line(Some(state.clone()), "_io.input.n, Memory == _home")
    };
    for (has_memory_alias, expected) in [(true, "7, true"), (false, "7, false")] {
        let answer = ghost.ask(wanted("{\"n\": 7}", has_memory_alias).into_command()).pop();
        let trial = answer.and_then(Try::reply_of).flatten().expect("a trial");
        assert_eq!(text(trial.info.ending), expected);
    }
    let answer = ghost.ask(wanted("{", true).into_command());
    assert!(matches!(&answer[..], [EventBody::Faulted(_)]), "{answer:?}");
}
