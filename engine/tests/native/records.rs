//! Collections, queries and transactions: what they find and undo, compared with a plain scan and with copies.

use proptest::prelude::*;
use wire::{Command, History, Limits, Outcome, Settings};

use crate::page::{Page, SharedStore, key};

/// What a random program has at hand: a collection with every kind of index, one without any, what must be the same, and
/// `compare`, which asks both and a plain loop every kind of question.
const SETUP: &str = include_str!("records/setup.lua");

/// One step of a program, as numbers that `step` in the setup reads.
type Step = (u8, i64, i64, u8);

fn program(steps: &[Step]) -> String {
    let steps = steps.iter().map(|(kind, key, value, shape)| format!("step({kind}, {key}, {value}, {shape})\n"));
    format!("{SETUP}\n{}compare()\nprint('same')", steps.collect::<String>())
}

fn undo() -> Command {
    Command::History(History::UndoRun { with_files: true })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn queries_find_what_a_plain_scan_finds(
        steps in prop::collection::vec((0u8..9, 0i64..12, -3i64..9, any::<u8>()), 1..40),
        later in prop::collection::vec((0u8..9, 0i64..12, -3i64..9, any::<u8>()), 1..20),
    ) {
        let store = SharedStore::default();
        let mut page = Page::open(&store);
        prop_assert_eq!(page.prints(&program(&steps)), "same\n");
        prop_assert_eq!(page.prints(&program(&later)), "same\n");
        page.ask(undo());
        prop_assert_eq!(page.prints(&program(&[])), "same\n");
        drop(page);
        prop_assert_eq!(Page::open(&store).prints(&program(&later)), "same\n");
    }
}

#[test]
fn a_stop_in_the_middle_undoes_a_transaction_and_a_batch() {
    let mut page = Page::open(&SharedStore::default());
    let setup = "local c = ext.collection('c', { indexes = { 'n' } }) for i = 1, 50 do c:put({ id = i, n = i }) end _home.x = 1";
    page.prints(setup);
    let rows = "return c:where('n', '>', 0):count(), c:where('n', '=', -1):count(), _home.x, #c:check()";
    let rows = format!("local c = _home.c print((function() {rows} end)())");
    assert_eq!(page.prints(&rows), "50\t0\t1\t0\n");
    let programs = [
        "ext.transaction(function() _home.x = 2 for i = 1, 9 do c:put({ id = i, n = -1 }) end while true do end end)",
        "pcall(ext.transaction, function() _home.x = 2 while true do pcall(ext.transaction, function() _home.x = 3 while true do end end) end end) while true do end",
        "ext.transaction(function() _home.x = 2 coroutine.wrap(function() c:delete(1) while true do end end)() end)",
        "c:update(1, function(record) record.n = -1 while true do end end)",
        "while true do c:update(1, { n = 1 }) end",
        "while true do ext.transaction(function() _home.x = 2 _home.x = 1 end) end",
    ];
    for program in programs {
        let program = format!("local c = _home.c {program}");
        page.host.stop.set(true);
        assert_eq!(page.run(&program).1, Outcome::Stopped, "{program}");
        page.host.stop.set(false);
        assert_eq!(page.prints(&rows), "50\t0\t1\t0\n", "{program}");
    }
    let limited = |time_millis| Settings { limits: Limits { time_millis, ..Limits::default() }, ..Settings::default() };
    page.ask(Command::ChangeSettings(limited(20)));
    for program in programs {
        let (_, outcome) = page.run(&format!("local c = _home.c {program}"));
        let Outcome::Failed(error) = outcome else { panic!("{outcome:?}") };
        assert!(error.message.contains("time limit exceeded"), "{}", error.message);
        assert_eq!(page.prints(&rows), "50\t0\t1\t0\n", "{program}");
    }
    page.ask(Command::ChangeSettings(limited(0)));
    let (_, outcome) = page.run("ext.transaction(function() _home.x = 2 os.exit(3) end)");
    assert!(!matches!(outcome, Outcome::Failed(_) | Outcome::Stopped), "{outcome:?}");
    assert_eq!(page.prints(&rows), "50\t0\t1\t0\n");
}

#[test]
fn running_out_of_memory_undoes_a_transaction_and_a_batch() {
    let mut page = Page::open(&SharedStore::default());
    page.prints("local c = ext.collection('c', { indexes = { 'n' } }) for i = 1, 50 do c:put({ id = i, n = i }) end");
    page.ask(Command::ChangeSettings(Settings {
        limits: Limits { memory_bytes: 16 << 20, ..Limits::default() },
        ..Settings::default()
    }));
    let programs = [
        "ext.transaction(function() for i = 1, 1e9 do c:put({ id = i, n = -1 }) end end)",
        "ext.transaction(function() c.rows[1] = nil _home.x = {} local t = _home.x for i = 1, 1e9 do t[i] = {} end end)",
        "local t = {} for i = 1, 1e5 do t[i] = { id = i } end c:put_all(t)",
        "c:update(1, function(u) u.n = -1 local t = u for i = 1, 1e9 do t[i] = {} end end)",
    ];
    for program in programs {
        let (_, outcome) = page.run(&format!("local c = _home.c {program}"));
        let Outcome::Failed(error) = outcome else { panic!("{program}: {outcome:?}") };
        assert_eq!(error.message, "not enough memory", "{program}");
        let rows = "local c = _home.c return c:where('n', '>', 0):count(), c:where('n', '=', -1):count(), #c, _home.x, #c:check()";
        assert_eq!(page.prints(&format!("print((function() {rows} end)())")), "50\t0\t50\tnil\t0\n", "{program}");
    }
}

/// Fails at each step of a run, one after the other, and expects all to be as before.
#[test]
fn a_transaction_that_fails_at_any_step_leaves_everything_as_it_was() {
    let mut page = Page::open(&SharedStore::default());
    let program = r#"
        local c = ext.collection("c", { indexes = { "n", { "u", unique = true } } })
        c:put_all({ { id = 1, n = 1, u = "a" }, { id = 2, n = 2, u = "b" }, { id = 3, tags = { "x" } } })
        local up = 1
        function _home.f() up = up + 1 return up end
        local function state()
          local parts = { up }
          for key, record in pairs(c) do
            parts[#parts + 1] = table.concat({ key, tostring(record.n), tostring(record.u), #(record.tags or {}) }, " ")
          end
          for key in pairs(_home) do parts[#parts + 1] = key end
          table.sort(parts, function(a, b) return tostring(a) < tostring(b) end)
          return table.concat(parts, ", ")
        end
        local before, left = state()
        local function step() left = left - 1 if left == 0 then error("enough", 0) end end
        local function work()
          step() c:put({ id = 4, n = 4, u = "d" })
          step() c:update(1, { n = 10 })
          step() c:update(3, function(record) step() record.tags[2] = "y" step() end)
          step() _home.f()
          step() c:delete(2)
          step() c:put_all({ { id = 5, u = "b" }, { id = 6, u = "f" } })
          step() _home.extra = { c.rows[1] }
          step() ext.transaction(function() step() c:delete(1) step() end)
          step() c:index("tags")
          step() c.rows = {}
          step() _home = { c = c }
          step()
        end
        local steps = 0
        repeat
          steps = steps + 1
          left = steps
          local is_done, problem = pcall(ext.transaction, work)
          if not is_done then
            assert(problem == "enough", problem)
            assert(state() == before, state())
            assert(#c:check() == 0 and c:where("n", "<", 5):count() == 2 and c:where("u", "=", "b"):count() == 1)
          end
        until is_done
        print(steps)
    "#;
    assert_eq!(page.prints(program), "17\n");
}

#[test]
fn a_record_that_is_put_back_from_a_snapshot_is_found_by_its_index() {
    let mut page = Page::open(&SharedStore::default());
    page.prints("local c = ext.collection('c', { indexes = { 'n' } }) for i = 1, 20 do c:put({ id = i, n = i }) end");
    let id = page.save("before").id;
    let find = "local c = _home.c local q = c:where('n', '=', 3) print(q:count(), q:explain().strategy)";
    page.prints("_home.c:update(3, { n = 30 })");
    assert_eq!(page.prints(find), "0\tindex\n");
    let path = vec![key("c"), key("rows"), wire::Step::Key(wire::Key::Integer(3))];
    page.ask(Command::History(History::RestorePath { id, path }));
    assert_eq!(page.prints(find), "1\tindex\n");
}

#[test]
fn indexes_and_the_library_are_not_saved() {
    let mut page = Page::open(&SharedStore::default());
    let fill = |indexes: &str| {
        format!(
            "_home.c = nil local c = ext.collection('c', {{ {indexes} }}) \
             for i = 1, 500 do c:put({{ id = i, n = i, s = 'text' .. i }}) end print(c:where('n', '=', 7):count())"
        )
    };
    assert_eq!(page.prints(&fill("")), "1\n");
    let plain = page.save("plain").byte_size;
    assert_eq!(page.prints(&fill("indexes = { 'n', 's' }")), "1\n");
    let indexed = page.save("indexed").byte_size;
    assert!(indexed < plain + 200, "{indexed} bytes with indexes, {plain} without");
    // What the library makes for a program has no source text, so it is left out.
    let events = page.run_events("_home.each = _home.c:each()");
    let omitted = events.iter().find_map(|event| match event {
        wire::EventBody::HomeSaved(saved) => saved.snapshot.omissions.first(),
        _ => None,
    });
    assert_eq!(omitted.map(|omission| omission.path.as_str()), Some("_home.each"));
}

/// A host whose browser cannot fetch the library.
#[test]
fn without_the_library_a_program_fails_and_what_is_saved_stays() {
    let store = SharedStore::default();
    Page::open(&store).prints("ext.collection('c'):put({ id = 1 })");
    let mut page = Page::open(&store);
    page.host.is_cut_off.set(true);
    let (_, outcome) = page.run("_home.x = 1 _home.c:put({ id = 2 })");
    let Outcome::Failed(error) = outcome else { panic!("{outcome:?}") };
    assert!(
        error.message.contains("main.lua:1: collections and transactions could not be loaded"),
        "{}",
        error.message
    );
    page.host.is_cut_off.set(false);
    assert_eq!(
        page.prints("_home.c:put({ id = 3 }) print(#_home.c, getmetatable(_home.c) == ext.Collection)"),
        "2\ttrue\n"
    );
}

#[test]
fn the_library_does_not_use_what_programs_make_of_luas_own() {
    let mut page = Page::open(&SharedStore::default());
    let program = "
        local next, print = next, print
        for _, library in next, { string, table, math, debug } do
          for name in next, library do library[name] = function() error(name) end end
        end
        for _, name in next, { 'rawget', 'rawset', 'rawequal', 'pcall', 'type', 'ipairs', 'select', 'setmetatable' } do
          _G[name] = nil
        end
        local c = ext.collection('c', { indexes = { 'n' } })
        c:put_all({ { id = 2, n = 1 }, { id = 1, n = 2 } })
        print(ext.transaction(function() return c:where('n', '>', 1):order('n'):first().id end))";
    assert_eq!(page.prints(program), "1\n");
}

/// What undoes a transaction cannot be stopped, so a program must not get at the primitive that calls it.
#[test]
fn programs_cannot_look_into_the_library() {
    let mut page = Page::open(&SharedStore::default());
    let program = r#"
        local known, queue, found, calls = {}, { _G, package.loaded, getmetatable("") }, {}, 0
        while #queue > 0 do
          local value = table.remove(queue)
          if not known[value] then
            known[value] = true
            for _, item in next, type(value) == "table" and value or {} do
              if type(item) == "table" or type(item) == "function" then queue[#queue + 1] = item end
            end
          end
        end
        local function meet(value)
          if type(value) == "table" and not known[value] then
            known[value] = true
            for key, item in next, value do meet(key) meet(item) end
          elseif type(value) == "function" and not known[value] then
            known[value] = true
            if debug.getinfo(value, "S").what == "C" then found[#found + 1] = value end
            for index = 1, 255 do
              local name, item = debug.getupvalue(value, index)
              if not name then break end
              meet(item)
            end
          end
        end
        local function look()
          calls = calls + 1
          for level = 2, 12 do
            if not debug.getinfo(level, "l") then break end
            meet(debug.getinfo(level, "f").func)
            for index = -3, 20 do
              if index ~= 0 then meet(select(2, debug.getlocal(level, index))) end
            end
          end
        end
        -- What a program finds without the library is not meant.
        look()
        found = {}
        debug.sethook(look, "cr")
        local c = ext.collection("c", { indexes = { "n", { name = "by", by = function() look() return 1 end } } })
        c:put_all({ { id = 1, n = 1 }, { id = 2, n = 2 } })
        c:update(1, function(record) look() record.n = 3 end)
        pcall(ext.transaction, function() look() error("no") end)
        debug.sethook()
        for _, method in pairs(ext.Collection) do
          assert(type(method) == "table" or debug.getupvalue(method, 1) == nil and not debug.setupvalue(method, 1, meet))
          assert(type(method) == "table" or not pcall(debug.upvaluejoin, method, 1, look, 1))
          assert(type(method) == "table" or not pcall(debug.upvaluejoin, look, 1, method, 1))
        end
        print(#found, calls > 100, c:get(1).n)
    "#;
    assert_eq!(page.prints(program), "0\ttrue\t3\n");
}
