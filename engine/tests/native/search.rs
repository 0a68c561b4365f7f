//! Searching all of a state.

use wire::{Call, Command, EventBody, Hits, Request, RequestId, Search, Step, Subject};

use crate::page::{Page, SharedStore, key};

fn page(program: &str) -> Page {
    let mut page = Page::open(&SharedStore::default());
    page.prints(program);
    page
}

fn call(text: &str, limit: u32) -> Search {
    Search { subject: Subject::Home, text: text.to_lowercase(), other_case: text.to_uppercase(), limit }
}

fn hits(page: &mut Page, text: &str) -> Hits {
    let mut events = page.ask(call(text, 200).into_command());
    events.pop().and_then(Search::reply_of).unwrap_or_else(|| panic!("no answer, but {events:?}"))
}

/// What all hits are, each as `path: value`.
fn found(page: &mut Page, text: &str) -> Vec<String> {
    let hits = hits(page, text);
    assert!(hits.is_complete);
    hits.hits.iter().map(|hit| format!("{}: {}", hit.path, hit.value.text)).collect()
}

#[test]
fn keys_strings_and_numbers_are_found_whatever_the_case() {
    let mut page = page(
        "_home.Name = 'x' _home.list = {'an ADA', 12.5, 3, true, {deep = 'Ada\\n'}} _home[125] = false _home['a b'] = {} \
         local adapter = 1 function _home.f() return adapter end setmetatable(_home.list, {__name = 'ada'}) \
         _home.greek = 'ΑΒΓ straße' _home.z = {1.25, [2.5] = 'q'}",
    );
    assert_eq!(found(&mut page, "NAME"), ["_home.Name: \"x\"", "_home.list<metatable>.__name: \"ada\""]);
    assert_eq!(
        found(&mut page, "ada"),
        [
            "_home.f<upvalue 1>: 1",
            "_home.list[1]: \"an ADA\"",
            "_home.list[5].deep: \"Ada\\n\"",
            "_home.list<metatable>.__name: \"ada\""
        ]
    );
    assert_eq!(found(&mut page, "2.5"), ["_home.list[2]: 12.5", "_home.z[2.5]: \"q\""]);
    assert_eq!(found(&mut page, "125"), ["_home[125]: false"]);
    assert_eq!(found(&mut page, "αβγ"), ["_home.greek: \"ΑΒΓ straße\""]);
    // It has more characters in the other case.
    assert_eq!(found(&mut page, "straße").len(), 1);
    assert_eq!(found(&mut page, "a b"), ["_home[\"a b\"]: {}"]);
    for nothing in ["", "true", "\n\n", "123456789"] {
        assert_eq!(found(&mut page, nothing), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn a_hit_says_where_it_is_among_its_siblings() {
    let mut page = page("_home.t = {10, 20, a = 1, wanted = 2} setmetatable(_home.t, {}) _home.u = 1");
    let hits = hits(&mut page, "wanted");
    let places: Vec<_> = hits.hits[0].places.iter().map(|it| (it.step.clone(), it.index, it.sibling_count)).collect();
    assert_eq!(places, [(key("t"), 0, 2), (key("wanted"), 3, 5)]);
    let path: Vec<Step> = places.into_iter().map(|(step, ..)| step).collect();
    let listing = page.list(Subject::Home, &path[..1]).expect("a listing");
    assert_eq!(listing.rows[3].step, path[1]);
}

#[test]
fn cycles_unusual_keys_and_odd_bytes_are_searched_once() {
    let mut page = page(
        "_home.self = _home _home.a = {needle = _home} _home.b = _home.a \
         _home.keyed = {[{}] = 'needle 1', [print] = {'needle 2'}} _home.bytes = '\\xff\\xfeneedle\\xff' \
         _home['\\xffneedle'] = 1",
    );
    assert_eq!(
        found(&mut page, "needle"),
        [
            "_home.bytes: \"\\xFF\\xFEneedle\\xFF\"",
            "_home[\"\\xFFneedle\"]: 1",
            "_home.a.needle: {a = {…}, b = {…}, bytes = \"\\xFF\\xFEneedle\\xFF\", keyed = {…}, …}",
            "_home.keyed[…]: \"needle 1\"",
            "_home.keyed[…][1]: \"needle 2\"",
        ]
    );
}

#[test]
fn hits_are_bounded_in_number_in_depth_and_in_bytes() {
    let mut page = page(
        "for i = 1, 1000 do _home[i] = 'x' end local t = {} _home.deep = t for i = 1, 200000 do t.y = {} t = t.y end",
    );
    let all = hits(&mut page, "x");
    assert_eq!((all.hits.len(), all.is_complete), (200, false));
    let deep = hits(&mut page, "y");
    assert_eq!((deep.hits.len(), deep.is_complete), (99, false));
    page.prints("_home.deep = nil for i = 1, 1000 do _home[i] = nil end _home[('k'):rep(400000)] = {'z', 'z', 'z'}");
    let long = hits(&mut page, "z");
    assert_eq!((long.hits.len(), long.is_complete), (2, false));
}

#[test]
fn long_strings_are_searched_whole() {
    let mut page = page("_home.s = ('.'):rep(65536 - 3) .. 'NEEDLE' .. ('.'):rep(10000000)");
    assert_eq!(hits(&mut page, "needle").hits.len(), 1);
    assert_eq!(hits(&mut page, "needles").hits.len(), 0);
}

#[test]
fn a_search_that_has_begun_is_withdrawn_between_two_slices() {
    let mut page = page("for i = 1, 100000 do _home[i] = {i + 0.5} end");
    let command = Command::Cancel { request: RequestId(page.next) };
    page.host.arriving.borrow_mut().extend([Vec::new(), vec![Request { id: RequestId(1000), command }]]);
    assert_eq!(page.ask(call("99999.5", 200).into_command()), [EventBody::Cancelled]);
    page.host.arriving.borrow_mut().extend(vec![Vec::new(); 10]);
    assert_eq!(found(&mut page, "99999.5"), ["_home[99999][1]: 99999.5"]);
    assert!(page.host.arriving.borrow().len() < 5);
}
