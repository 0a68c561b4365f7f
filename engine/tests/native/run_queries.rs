//! Inspecting `_home` during a run.

use engine::host::Host as _;
use wire::{Call, Event, EventBody, Inspect, Outcome, Reply, Request, RequestId, SaveSnapshot, Step, Subject};

use crate::page::{Page, SharedStore};

/// Queues a query about `_home` for the next time that the running program polls the host.
fn ask_for_home(page: &Page, id: u32, path: &[Step]) {
    let command = Inspect { subject: Subject::Home, path: path.to_vec(), offset: 0, limit: 100 }.into_command();
    let query = wire::encode(&Request { id: RequestId(id), command }).unwrap();
    page.host.queries.borrow_mut().push_back(query);
}

/// The rows of an answer, as `label: value`.
fn rows(events: &[Event], id: u32) -> Vec<String> {
    let answer = events.iter().find(|event| event.request == Some(RequestId(id))).map(|event| &event.body);
    let Some(EventBody::Replied(Reply::Inspect(Some(listing)))) = answer else { panic!("{events:?}") };
    listing.rows.iter().map(|row| format!("{}: {}", row.label, row.value.text)).collect()
}

#[test]
fn home_can_be_inspected_at_any_point_of_a_program() {
    for (place, program) in [
        ("a loop", "_home.x = 1 for i = 1, 1e5 do _home.done = i >= 1e5 end"),
        ("a coroutine", "_home.x = 1 coroutine.wrap(function() for i = 1, 1e5 do _home.done = i >= 1e5 end end)()"),
        (
            "a comparator",
            "_home.x = 1 local t = {} for i = 1, 1000 do t[i] = i end table.sort(t, function(a, b) _home.done = false return a > b end) _home.done = true",
        ),
        (
            "a pattern",
            "_home.x = 1 _home.done = false local s = ('a'):rep(20) s:find(('a*'):rep(4) .. 'b') _home.done = true for i = 1, 1e4 do end",
        ),
        ("io.read", "_home.x = 1 _home.done = false io.read() _home.done = true"),
        ("a caught error", "_home.x = 1 _home.done = false for i = 1, 1e4 do pcall(error) end _home.done = true"),
    ] {
        let mut page = Page::open(&SharedStore::default());
        page.host.input.borrow_mut().push_back("a line");
        ask_for_home(&page, 900, &[]);
        let (_, outcome) = page.run(program);
        assert_eq!(outcome, Outcome::Returned(vec![]), "{place}");
        let seen = rows(&page.answered, 900);
        assert!(seen.contains(&"x: 1".into()), "{place}: {seen:?}");
        let is_early = seen.iter().any(|row| row == "done: false") || seen.len() == 1;
        assert!(is_early || place == "a pattern", "{place}: {seen:?}");
        assert_eq!(page.prints("print(_home.done)"), "true\n", "{place}");
    }
}

#[test]
fn inspecting_changes_nothing() {
    let mut page = Page::open(&SharedStore::default());
    let program = "
        setmetatable(_G, { __index = function() error('read') end })
        setmetatable(_home, { __pairs = error, __index = error, __len = error })
        local shared = 0
        function _home.count() shared = shared + 1; return shared end
        local n = 0
        for i = 1, 2e5 do n = n + 1 end
        collectgarbage()
        print(n, _home.count(), select('#', ...))";
    ask_for_home(&page, 900, &[]);
    assert_eq!(page.prints(program), "200000\t1\t0\n");
    assert_eq!(rows(&page.answered, 900).len(), 2, "the function and the metatable");
}

#[test]
fn queries_in_quick_succession_share_one_image() {
    let mut page = Page::open(&SharedStore::default());
    for id in 900..1000 {
        ask_for_home(&page, id, &[]);
    }
    page.prints("local n = 0 while true do n = n + 1 _home.n = n if n >= 3e6 then break end end");
    let first = rows(&page.answered, 900);
    assert_eq!(rows(&page.answered, 901), first);
    assert!(page.host.queries.borrow().is_empty());
    // Each saw `_home` in the middle of the run, or later if time passed in between.
    assert!((900..1000).all(|id| rows(&page.answered, id).len() == 1));
}

#[test]
fn queries_not_answered_during_a_run_are_answered_after_it() {
    let mut page = Page::open(&SharedStore::default());
    page.prints("_home.x = 'then'");
    let Some(EventBody::Replied(Reply::SaveSnapshot(saved))) =
        page.ask(SaveSnapshot { name: "s".into() }.into_command()).into_iter().next()
    else {
        panic!("not saved")
    };
    page.prints("_home.x = 'now'");
    let command = Inspect { subject: Subject::Snapshot(saved.id), path: vec![], offset: 0, limit: 10 }.into_command();
    let query = wire::encode(&Request { id: RequestId(900), command }).unwrap();
    page.host.queries.borrow_mut().push_back(query);
    page.prints("for i = 1, 1e5 do end");
    assert_eq!(rows(&page.answered, 900), ["x: \"then\""]);
}

#[test]
fn a_malformed_query_is_a_fault_and_the_program_continues() {
    let mut page = Page::open(&SharedStore::default());
    page.host.queries.borrow_mut().push_back(vec![0xFF; 7]);
    assert_eq!(page.prints("for i = 1, 1e5 do end print('on')"), "on\n");
    assert!(matches!(page.answered[..], [Event { body: EventBody::Faulted(_), .. }]), "{:?}", page.answered);
    assert!(page.host.take_query().is_none());
}

#[test]
fn a_home_that_is_not_a_table_is_reported() {
    let mut page = Page::open(&SharedStore::default());
    ask_for_home(&page, 900, &[]);
    page.prints("local kept = _home _home = 7 for i = 1, 1e5 do end _home = kept");
    let [Event { body: EventBody::Faulted(fault), .. }] = &page.answered[..] else { panic!("{:?}", page.answered) };
    assert!(fault.message.contains("`_home` is 7"), "{fault}");
}
