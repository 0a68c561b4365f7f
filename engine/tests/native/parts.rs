//! Restoring parts of a snapshot, and plain data as JSON.

use wire::{
    Call, Command, EventBody, ExportJson, History, HistoryEvent, ImportJson, JsonExport, Key, Reply, Request,
    RequestId, SnapshotId, SnapshotKind, Step, Subject,
};

use crate::page::{Page, SharedStore, key};

fn restore(page: &mut Page, id: &SnapshotId, path: &[Step]) -> Vec<EventBody> {
    page.ask(Command::History(History::RestorePath { id: id.clone(), path: path.to_vec() }))
}

fn restored_place(events: &[EventBody]) -> &str {
    match events {
        [
            EventBody::History(HistoryEvent::PathRestored { path, .. }),
            EventBody::History(HistoryEvent::HistoryChanged(_)),
            EventBody::HomeSaved(_),
        ] => path,
        events => panic!("{events:?}"),
    }
}

#[test]
fn one_value_is_restored_and_the_rest_is_unchanged() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run(
        "local n = 5 function _home.count() n = n + 1 return n end \
         _home.users = {{name = 'Ada', tags = {'x'}}, {name = 'Alan'}} _home.class = setmetatable({}, {__index = {a = 1}}) \
         _home.lib = string.upper",
    );
    let id = page.save("before").id;
    page.run(
        "_home.users[1].name = 'Eve' _home.users[1].extra = 1 _home.users[2] = nil _home.count() \
         setmetatable(_home.class, nil) _home.lib = nil live = _home.users _home.co = coroutine.create(print)",
    );
    let first = [key("users"), Step::Key(Key::Integer(1))];
    let name = [&first[..], &[key("name")]].concat();
    assert_eq!(restored_place(&restore(&mut page, &id, &name)), "_home.users[1].name");
    let program = "print(_home.users[1].name, _home.users[1].extra, #_home.users, live == _home.users, type(_home.co))";
    assert_eq!(page.prints(program), "Ada\t1\t1\ttrue\tthread\n");

    restore(&mut page, &id, &[key("class"), Step::Metatable]);
    restore(&mut page, &id, &[key("lib")]);
    restore(&mut page, &id, &[key("count"), Step::Upvalue(0)]);
    assert_eq!(page.prints("print(_home.class.a, _home.lib == string.upper, _home.count())"), "1\ttrue\t6\n");
    // A value that the snapshot does not have is removed.
    restore(&mut page, &id, &[&first[..], &[key("extra")]].concat());
    assert_eq!(page.prints("print(_home.users[1].extra)"), "nil\n");
    restore(&mut page, &id, &[key("count")]);
    assert_eq!(page.prints("print(_home.count(), _home.count())"), "6\t7\n");
    assert_eq!(Page::open(&store).prints("print(_home.count(), #_home.users)"), "8\t1\n");
}

/// Built-in values are not saved, so nothing may be restored into them: other runs would find them changed until the
/// page is reloaded, and no snapshot would contain the change.
#[test]
fn nothing_is_restored_into_built_in_values() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.run(
        "local function read() end _home.s = {upper = 1, rep = {}} _home.f = function() return read end \
         _home.m = setmetatable({}, {__index = {x = 1}}) _home.deep = {{lib = {y = 1}}}",
    );
    let id = page.save("before").id;
    page.run("_home.s = string _home.f = require _home.m = setmetatable({}, string) _home.deep[1].lib = table");
    let paths = [
        (vec![key("s"), key("upper")], "string"),
        (vec![key("s"), key("rep")], "string"),
        (vec![key("f"), Step::Upvalue(0)], "require"),
        (vec![key("m"), Step::Metatable, key("__index")], "string"),
        (vec![key("deep"), Step::Key(Key::Integer(1)), key("lib"), key("y")], "table"),
    ];
    for (path, permanent) in paths {
        let expected = format!("that path is now inside '{permanent}', which belongs to the engine");
        match &restore(&mut page, &id, &path)[..] {
            [EventBody::Faulted(fault)] => assert!(fault.message.contains(&expected), "{fault:?}"),
            events => panic!("{events:?}"),
        }
    }
    let program = "print(string.upper('a'), type(string.rep), string.__index, table.y, type(require))";
    assert_eq!(page.prints(program), "A\tfunction\tnil\tnil\tfunction\n");
    // The place that holds it is one of _home.
    restore(&mut page, &id, &[key("s")]);
    assert_eq!(page.prints("print(_home.s.upper)"), "1\n");
}

#[test]
fn missing_paths_are_refused() {
    let mut page = Page::open(&SharedStore::default());
    page.run("_home.a = {b = {c = 1}} _home.keyed = {[{}] = 1} function _home.f() end");
    let id = page.save("before").id;
    page.run("_home.a = 5");
    let entry = Step::Key(Key::Entry(0));
    let nan = Step::Key(Key::Float(f64::NAN.to_bits()));
    let places: [&[Step]; 8] = [
        &[],
        &[key("a"), key("b")],
        &[key("none"), key("b")],
        &[key("keyed"), entry],
        &[key("f"), Step::Upvalue(9)],
        &[key("f"), Step::Upvalue(u32::MAX)],
        &[nan],
        &[Step::Result(7)],
    ];
    for path in places {
        let events = restore(&mut page, &id, path);
        assert!(matches!(&events[..], [EventBody::Faulted(_)]), "{path:?}: {events:?}");
    }
    assert_eq!(page.prints("print(_home.a)"), "5\n");
}

fn export(page: &mut Page) -> (String, Vec<String>) {
    match page.ask(ExportJson { subject: Subject::Home }.into_command()).pop() {
        Some(EventBody::Replied(Reply::ExportJson(JsonExport { text, omissions, omission_count }))) => {
            assert_eq!(omissions.len() as u64, omission_count);
            (text, omissions.into_iter().map(|it| format!("{}: {}", it.path, it.kind)).collect())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn plain_data_is_exported_and_imported_as_json() {
    let mut page = Page::open(&SharedStore::default());
    page.run(
        "_home.list = {1, 2.0, -0.0, 1e300, 'a\"\\n\\1é', true, {}} _home.big = math.maxinteger \
         _home.nested = {a = {b = {{c = 'd'}}}}",
    );
    let (text, omissions) = export(&mut page);
    assert_eq!(omissions, Vec::<String>::new());
    assert!(
        text.starts_with("{\n  \"big\": 9223372036854775807,\n  \"list\": [\n    1,\n    2.0,\n    -0.0,"),
        "{text}"
    );
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");

    let mut page = Page::open(&SharedStore::default());
    let events = page.ask(ImportJson { name: "data.json".into(), text: text.clone() }.into_command());
    let [EventBody::Replied(Reply::ImportJson(info)), EventBody::History(HistoryEvent::SnapshotsListed(_))] =
        &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(info.kind, SnapshotKind::Imported { name: "data.json".into() });
    assert_eq!(page.prints("print(next(_home))"), "nil\n");
    page.ask(Command::History(History::RestoreSnapshot { id: info.id.clone() }));
    assert_eq!(
        page.prints("print(math.type(_home.list[1]), math.type(_home.list[2]), 1 / _home.list[3])"),
        "integer\tfloat\t-inf\n"
    );
    assert_eq!(export(&mut page), (text, vec![]));
}

#[test]
fn what_json_cannot_hold_is_reported_by_path() {
    let mut page = Page::open(&SharedStore::default());
    page.run(
        "_home.f = print _home.g = function() end _home.inf = 1/0 _home.bytes = '\\xff' _home.self = _home \
         _home.mixed = {10, 20, n = 2, ['1'] = 'taken', [2.5] = 'x', [true] = 'y'} _home.meta = setmetatable({}, {}) \
         local deep = {} for i = 1, 150 do deep = {deep} end _home.deep = deep",
    );
    let (text, omissions) = export(&mut page);
    let deep = format!("_home.deep{}: nested too deeply", "[1]".repeat(99));
    assert_eq!(
        omissions,
        [
            "_home.bytes: a string that is not UTF-8",
            deep.as_str(),
            "_home.f: built-in",
            "_home.g: function",
            "_home.inf: a number that JSON does not have",
            "_home.meta<metatable>: metatable",
            "_home.mixed[1]: a key whose text is another key",
            "_home.mixed[2]: the key becomes text",
            "_home.mixed[true]: a key that is not text",
            "_home.mixed[2.5]: the key becomes text",
            "_home.self: a table that contains itself",
        ]
    );
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["mixed"], serde_json::json!({"1": "taken", "2": 20, "2.5": "x", "n": 2}));
}

#[test]
fn the_last_of_equal_keys_wins() {
    let mut page = Page::open(&SharedStore::default());
    let text = r#"{"a": 1, "b": 2, "\u0061": null, "b": [3, null, 5]}"#.to_owned();
    let events = page.ask(ImportJson { name: "x".into(), text }.into_command());
    let [EventBody::Replied(Reply::ImportJson(info)), ..] = &events[..] else { panic!("{events:?}") };
    page.ask(Command::History(History::RestoreSnapshot { id: info.id.clone() }));
    assert_eq!(
        page.prints("print(_home.a, #_home.b > 0, _home.b[1], _home.b[2], _home.b[3])"),
        "nil\ttrue\t3\tnil\t5\n"
    );
}

#[test]
fn hostile_data_is_refused() {
    let mut page = Page::open(&SharedStore::default());
    page.run("local t = {'x'} for i = 1, 60 do t = {t, t} end _home.t = t");
    let events = page.ask(ExportJson { subject: Subject::Home }.into_command());
    assert!(matches!(&events[..], [EventBody::Faulted(_)]));
    for text in ["", "5", "{", "nonsense", &"[".repeat(1_000_000), &format!("{}{}", "[".repeat(110), "]".repeat(110))] {
        let events = page.ask(ImportJson { name: "x".into(), text: text.into() }.into_command());
        assert!(matches!(&events[..], [EventBody::Faulted(_)]), "{events:?}");
    }
}

#[test]
fn an_export_that_has_begun_is_withdrawn_between_two_slices() {
    let mut page = Page::open(&SharedStore::default());
    page.run("for i = 1, 10000 do _home[i] = {name = i} end");
    let (whole, _) = export(&mut page);
    let command = Command::Cancel { request: RequestId(page.next) };
    let cancel = Request { id: RequestId(1000), command };
    page.host.arriving.borrow_mut().extend([Vec::new(), vec![cancel]]);
    assert_eq!(page.ask(ExportJson { subject: Subject::Home }.into_command()), [EventBody::Cancelled]);
    page.host.arriving.borrow_mut().extend(vec![Vec::new(); 10]);
    assert_eq!(export(&mut page).0, whole);
    assert!(page.host.arriving.borrow().len() < 5);
}
