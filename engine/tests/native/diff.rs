//! Differences between two states of `_home`.

use wire::{
    Call, Command, Compare, CompareSources, DiffListing, DiffTotals, EventBody, Request, RequestId, RunMode, Side,
    Stage, Step, Subject,
};

use engine::store::{Contents, SnapshotStore};

use crate::page::{Page, SharedStore, key, now};

/// A page where a snapshot was saved after a first program, and a second program then changed `_home`.
struct Changed {
    page: Page,
    before: Subject,
}

impl Changed {
    fn new(first: &str, second: &str) -> Changed {
        let mut page = Page::open(&SharedStore::default());
        page.prints(first);
        let before = Subject::Snapshot(page.save("before").id);
        page.prints(second);
        Changed { page, before }
    }

    fn ask<C: Call>(&mut self, call: C) -> C::Reply {
        let mut events = self.page.ask(call.into_command());
        let answer = events.pop().and_then(C::reply_of);
        answer.unwrap_or_else(|| panic!("no answer, but {events:?}"))
    }

    fn list(&mut self, path: &[Step]) -> Option<DiffListing> {
        let (before, after, path) = (self.before.clone(), Subject::Home, path.to_vec());
        self.ask(Compare { before, after, path, offset: 0, limit: 100 })
    }

    /// The rows, each as `label: Change before -> after`.
    fn rows(&mut self, path: &[Step]) -> Vec<String> {
        let listing = self.list(path).expect("a listing");
        assert!(listing.is_complete);
        assert_eq!(listing.row_count as usize, listing.rows.len());
        let text = |value: &Option<wire::Summary>| value.as_ref().map_or("none".to_owned(), |value| value.text.clone());
        listing
            .rows
            .iter()
            .map(|row| format!("{}: {:?} {} -> {}", row.label, row.change, text(&row.before), text(&row.after)))
            .collect()
    }

    fn source_lines(&mut self, path: &[Step]) -> Vec<String> {
        let (before, after, path) = (self.before.clone(), Subject::Home, path.to_vec());
        let diff = self.ask(CompareSources { before, after, path }).expect("two functions");
        let sign = |side| match side {
            Side::Both => ' ',
            Side::Before => '-',
            Side::After => '+',
        };
        diff.lines.iter().map(|line| format!("{}{}", sign(line.side), line.text)).collect()
    }
}

#[test]
fn added_removed_and_changed_values_are_listed_with_their_totals() {
    let mut changed = Changed::new(
        "_home.users = {{name = 'Ada', age = 36}, {name = 'Alan'}} _home.old = 1 _home.same = {1, {2}} _home.n = 3",
        "_home.users[1].age = 37 _home.users[3] = {} _home.old = nil _home.new = {x = 1} _home.n = 3.0",
    );
    assert_eq!(
        changed.rows(&[]),
        [
            "n: Changed 3 -> 3.0",
            "new: Added none -> {x = 1}",
            "old: Removed 1 -> none",
            "users: Inside 2 × {name, …} -> {{…}, {…}, {}}"
        ]
    );
    assert_eq!(
        changed.rows(&[key("users")]),
        ["[1]: Inside {age = 36, name = \"Ada\"} -> {age = 37, name = \"Ada\"}", "[3]: Added none -> {}"]
    );
    let first = [key("users"), Step::Key(wire::Key::Integer(1))];
    assert_eq!(changed.rows(&first), ["age: Changed 36 -> 37"]);
    assert_eq!(changed.list(&[key("same")]), None);
    assert_eq!(changed.list(&[]).unwrap().totals, DiffTotals { added: 2, removed: 1, changed: 2 });
}

#[test]
fn equal_states_have_no_differences() {
    let program = "local t = {} t.self = t _home.ring = {t, t, {[t] = t}} local n = 0 \
                   function _home.f() n = n + 1 return n end _home.nan = 0/0 \
                   local l for i = 1, 200000 do l = {l} end _home.deep = l \
                   setmetatable(_home, {__index = _home, __len = error})";
    let mut changed = Changed::new(program, "");
    let listing = changed.list(&[]).unwrap();
    assert_eq!((listing.totals, listing.row_count), (DiffTotals::default(), 0));
}

#[test]
fn functions_are_compared_by_source_and_upvalues() {
    let mut changed = Changed::new(
        "local n, m = 1, {}\nfunction _home.f(x)\n  n = n + 1\n  return x\nend\nfunction _home.g() return m end",
        "local n, m = 5, {}\n\n\nfunction _home.f(x)\n  n = n + 2\n  return x\nend\nfunction _home.g() return m end",
    );
    let rows = changed.rows(&[]);
    assert_eq!(rows, ["f: Inside function f(x) -> function f(x)"], "a function that only moved is the same");
    assert!(changed.list(&[]).unwrap().rows[0].is_source_changed);
    assert_eq!(changed.rows(&[key("f")]), ["upvalue n: Changed 1 -> 5"]);
    assert_eq!(
        changed.source_lines(&[key("f")]),
        [" function _home.f(x)", "-  n = n + 1", "+  n = n + 2", "   return x", " end"]
    );
}

#[test]
fn metatables_and_unusual_keys_are_compared() {
    let mut changed = Changed::new(
        "_home.t = setmetatable({[1.5] = 1, [true] = 2, [print] = 3}, {__index = {}}) _home.a = {1, nil, 3} \
         _home.u = {} _home.keyed = {[{}] = 1}",
        "getmetatable(_home.t).__index.x = 1 _home.t[1.5] = 2 _home.t[true] = nil _home.t[print] = 4 _home.a[2] = 2 \
         setmetatable(_home.u, {}) for k in pairs(_home.keyed) do _home.keyed[k] = 2 end",
    );
    assert_eq!(
        changed.rows(&[key("t")]),
        [
            "[true]: Removed 2 -> none",
            "[1.5]: Changed 1 -> 2",
            "[print]: Changed 3 -> 4",
            "metatable: Inside {__index = {}} -> {__index = {…}}"
        ]
    );
    assert_eq!(changed.rows(&[key("t"), Step::Metatable, key("__index")]), ["x: Added none -> 1"]);
    assert_eq!(changed.rows(&[key("a")]), ["[2]: Added none -> 2"]);
    assert_eq!(changed.rows(&[key("u")]), ["metatable: Added none -> {}"]);
    assert_eq!(changed.rows(&[key("keyed")]), ["[{}]: Changed 1 -> 2"]);
}

#[test]
fn many_differences_are_listed_in_pages() {
    let mut changed = Changed::new(
        "_home.t = {} for i = 1, 100000 do _home.t[i] = {i} end",
        "for i = 1, 100000, 2 do _home.t[i][1] = 0 end",
    );
    let (before, after, path) = (changed.before.clone(), Subject::Home, vec![key("t")]);
    let listing = changed.ask(Compare { before, after, path, offset: 49_990, limit: 100 }).expect("a listing");
    let progress = wire::Progress { stage: Stage::Comparing, done: 0, total: 0 };
    assert!(changed.page.progress.contains(&progress), "{:?}", changed.page.progress);
    assert_eq!((listing.row_count, listing.rows.len()), (50_000, 10));
    assert_eq!(listing.rows[9].label, "[99999]");
    assert_eq!(listing.totals.changed, 50_000);
}

/// Two rings whose lengths have no common divisor form as many pairs as the product of the lengths.
#[test]
fn hostile_graphs_are_compared_in_bounded_time() {
    let ring = |length| {
        format!(
            "local first = {{}} local t = first for i = 2, {length} do t.n = {{}} t = t.n end t.n = first _home.r = first"
        )
    };
    let mut changed = Changed::new(&ring(30_011), &ring(30_013));
    let start = std::time::Instant::now();
    assert!(!changed.list(&[]).unwrap().is_complete);
    assert!(start.elapsed().as_secs() < 10);
}

#[test]
fn a_comparison_that_has_begun_is_withdrawn_between_two_slices() {
    let mut changed =
        Changed::new("for i = 1, 10000 do _home[i] = {i} end", "for i = 1, 10000, 2 do _home[i][1] = 0 end");
    let (before, after) = (changed.before.clone(), Subject::Home);
    let call = Compare { before, after, path: Vec::new(), offset: 0, limit: 0 };
    let compared = RequestId(changed.page.next);
    let run = Command::Run { source: "print(1)".into(), chunk: "main.lua".into(), mode: RunMode::Program };
    changed.page.host.arriving.borrow_mut().extend([
        vec![Request { id: RequestId(1000), command: run }],
        Vec::new(),
        vec![Request { id: RequestId(1001), command: Command::Cancel { request: compared } }],
    ]);
    assert_eq!(changed.page.ask(call.clone().into_command()), [EventBody::Cancelled]);
    // The run waited until the comparison was over.
    let events = changed.page.take_on();
    assert!(matches!(&events[..], [EventBody::RunStarted, EventBody::Printed(_), ..]), "{events:?}");
    let listing = changed.ask(call).expect("a listing");
    assert_eq!(listing.totals, DiffTotals { added: 0, removed: 0, changed: 5000 });
}

#[test]
fn a_comparison_in_slices_finds_what_one_without_finds() {
    let mut changed = Changed::new(
        "for i = 1, 10000 do _home[i] = {i} end",
        "for i = 1, 10000, 2 do _home[i][1] = 0 end _home[4] = nil",
    );
    changed.page.host.arriving.borrow_mut().extend(vec![Vec::new(); 10]);
    assert_eq!(changed.list(&[]).unwrap().totals, DiffTotals { added: 0, removed: 1, changed: 5000 });
    let arriving = changed.page.host.arriving.borrow().len();
    assert!(arriving < 5, "only {} pauses", 10 - arriving);
}

#[test]
fn a_comparison_of_long_sources_is_withdrawn_between_two_parts() {
    let program = |last: &str| format!("function _home.f()\n{}{last}\nend", "x = 1\nx = 2\n".repeat(25_000));
    let mut changed = Changed::new(&program("return 1"), &program("return 2").replacen("x = 2\n", "", 1));
    let path = [key("f")];
    // The states themselves are compared before.
    assert_eq!(changed.rows(&path).len(), 0);
    let (before, after) = (changed.before.clone(), Subject::Home);
    let command = Command::Cancel { request: RequestId(changed.page.next) };
    changed.page.host.arriving.borrow_mut().push_back(vec![Request { id: RequestId(1000), command }]);
    let call = CompareSources { before, after, path: path.to_vec() };
    assert_eq!(changed.page.ask(call.into_command()), [EventBody::Cancelled]);
    let lines = changed.source_lines(&path);
    let count = |sign| lines.iter().filter(|line| line.starts_with(sign)).count();
    // No line is there once, so the text was cut anywhere.
    assert_eq!(count('-'), count('+') + 1);
    assert!(count('+') < 10, "{}", count('+'));
}

fn contents(store: &SharedStore) -> Contents {
    now(store.contents()).expect("it is in memory")
}

/// What a workspace from a link brings, beside that of the person.
#[test]
fn the_home_of_another_workspace_is_compared_and_left_alone() {
    let (store, other) = (SharedStore::default(), SharedStore::default());
    let mut owner = Page::open(&other);
    owner.run("_home.mine = 1 _home.both = {1, 2} function _home.f() return 1 end");
    store.others.borrow_mut().insert("cu.other".into(), other.clone());
    let before = contents(&other);
    let mut page = Page::open(&store);
    page.run("_home.both = {1, 3} _home.brought = true function _home.f() return 2 end");
    let mut changed = Changed { page, before: Subject::Workspace("cu.other".into()) };
    assert_eq!(
        changed.rows(&[]),
        [
            "both: Inside {1, 2} -> {1, 3}",
            "brought: Added none -> true",
            "f: Inside function f() -> function f()",
            "mine: Removed 1 -> none"
        ]
    );
    assert_eq!(changed.source_lines(&[key("f")]).len(), 2);
    let subject = changed.before.clone();
    assert_eq!(changed.page.rows(subject, &[key("both")]), ["[1]: 1", "[2]: 2"]);
    assert_eq!(contents(&other), before);
    // It is still its owner's to write.
    owner.run("_home.mine = 2");
    assert_eq!(Page::open_read_only(&other).prints("print(_home.mine)"), "2\n");
}

#[test]
fn a_workspace_without_a_home_cannot_be_compared() {
    let store = SharedStore::default();
    store.others.borrow_mut().insert("cu.empty".into(), SharedStore::default());
    let mut page = Page::open(&store);
    for name in ["cu.empty", "cu.none"] {
        let (before, after) = (Subject::Workspace(name.into()), Subject::Home);
        let call = Compare { before, after, path: Vec::new(), offset: 0, limit: 10 };
        assert!(matches!(&page.ask(call.into_command())[..], [EventBody::Faulted(_)]), "{name}");
    }
}

#[test]
fn coroutines_are_equal_if_they_are_as_far() {
    let setup = "_home.co = coroutine.wrap(function() local n = {} for i = 1, 9 do n.i = i coroutine.yield(n) end end)
        _home.co() _home.words = ('a b'):gmatch('%a') _home.words()";
    let mut same = Changed::new(setup, "_home.co = _home.co");
    assert_eq!(same.rows(&[]), [""; 0]);
    let mut inside = Changed::new(&format!("{setup} _home.t = _home.co()"), "_home.t.i = 'new'");
    assert_eq!(
        inside.rows(&[]),
        [
            "co: Inside function of a coroutine, suspended at main.lua:1 -> function of a coroutine, suspended at main.lua:1",
            "t: Inside {i = 2} -> {i = \"new\"}",
        ]
    );
    assert_eq!(inside.rows(&[key("co")]).len(), 1);
    let mut further = Changed::new(setup, "_home.words()");
    assert_eq!(further.rows(&[]), ["words: Changed function of string.gmatch -> function of string.gmatch",]);
}
