//! Values as text to be taken elsewhere.

use wire::{Call, JsonExport, Key, Step, Subject, TextForm, WriteValue};

use crate::page::{Page, SharedStore, key};

fn written(page: &mut Page, path: &[Step], form: TextForm) -> Option<JsonExport> {
    let call = WriteValue { subject: Subject::Home, path: path.to_vec(), form };
    let mut events = page.ask(call.into_command());
    events.pop().and_then(WriteValue::reply_of).unwrap_or_else(|| panic!("no answer, but {events:?}"))
}

fn text(page: &mut Page, path: &[Step], form: TextForm) -> String {
    written(page, path, form).expect("a text").text
}

#[test]
fn lua_that_is_copied_makes_the_same_value_again() {
    let mut page = Page::open(&SharedStore::default());
    page.run(
        "local t = {1, 2.0, -0.0, 1e300, 0.1, math.mininteger, 'a\"\\\\\\n\\0\\xff\\1é2', true, {}, name = 'x', ['two words'] = {{}}, \
         [2.5] = 'f', [-1] = 'i', [false] = 0, huge = math.huge, tab = 'a\\tb'} _home.t = t",
    );
    let lua = text(&mut page, &[key("t")], TextForm::Lua);
    page.run(&format!("_home.again = {lua}"));
    assert_eq!(text(&mut page, &[key("again")], TextForm::Lua), lua);
    assert_eq!(
        page.prints(
            "local a = _home.again print(math.type(a[2]), 1 / a[3], a[7] == _home.t[7], a[false], a.huge, a.tab)"
        ),
        "float\t-inf\ttrue\t0\tinf\ta\tb\n"
    );
}

#[test]
fn what_lua_has_no_text_for_is_nil_and_said() {
    let mut page = Page::open(&SharedStore::default());
    page.run("local t = {f = function() end, p = print, [{}] = 1} t.t = t _home.t = t");
    assert_eq!(
        text(&mut page, &[key("t")], TextForm::Lua),
        "{\n  f = nil --[[function]],\n  p = print,\n  t = nil --[[a table that contains itself]],\n  -- a key that is an object\n}"
    );
    page.run("local t = {'x'} for i = 1, 40 do t = {t, t} end _home.t = t");
    let call = WriteValue { subject: Subject::Home, path: vec![key("t")], form: TextForm::Lua };
    let events = page.ask(call.into_command());
    assert!(matches!(&events[..], [wire::EventBody::Faulted(_)]), "{events:?}");
}

#[test]
fn paths_json_and_plain_text_are_written() {
    let mut page = Page::open(&SharedStore::default());
    page.run(
        "local up = 'kept' function _home.f() return up end _home.list = {{[2.5] = setmetatable({}, {a = 'é\\n'})}} \
         _home['two words'] = {n = 1, f = print}",
    );
    let deep =
        [key("list"), Step::Key(Key::Integer(1)), Step::Key(Key::Float(2.5f64.to_bits())), Step::Metatable, key("a")];
    let path = text(&mut page, &deep, TextForm::Path);
    assert_eq!(path, "getmetatable(_home.list[1][2.5]).a");
    assert_eq!(page.prints(&format!("print({path})")), "é\n\n");
    assert_eq!(text(&mut page, &deep, TextForm::Plain), "é\n");
    let path = text(&mut page, &[key("f"), Step::Upvalue(0)], TextForm::Path);
    assert_eq!(page.prints(&format!("print({path})")), "kept\n");
    let words = [key("two words")];
    assert_eq!(text(&mut page, &words, TextForm::Path), "_home[\"two words\"]");
    assert_eq!(text(&mut page, &words, TextForm::Plain), "{f = print, n = 1}");
    let json = written(&mut page, &words, TextForm::Json).expect("a text");
    assert_eq!((json.text.as_str(), json.omission_count), ("{\n  \"f\": null,\n  \"n\": 1\n}\n", 1));
    assert_eq!(json.omissions[0].path, "_home[\"two words\"].f");
    assert_eq!(written(&mut page, &[key("nothing")], TextForm::Path), None);
}
