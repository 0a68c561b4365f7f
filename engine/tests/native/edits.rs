//! Changes of single values, written as Lua and then run.

use wire::{Call, Command, Edit, EventBody, Fault, Key, Outcome, RunMode, RunReport, Step, WriteEdit};

use crate::page::{Page, SharedStore, key};

/// Metamethods that fail, so that no edit may call one.
const PROGRAM: &str = "
    local guarded = { __index = error, __newindex = error, __len = error, __call = error, __concat = error }
    _home.user = setmetatable({ name = 'Ada', age = 36 }, guarded)
    _home.list = { 'a', 'b', 'c' }
    _home.guarded_list = setmetatable({ 1, 2, 3 }, guarded)
    _home['two words'] = { [2.5] = true, [false] = 'no' }
    local count = 1
    function _home.counter() count = count + 1 return count end
";

fn page() -> Page {
    let mut page = Page::open(&SharedStore::default());
    page.prints(PROGRAM);
    page
}

fn integer(index: i64) -> Step {
    Step::Key(Key::Integer(index))
}

fn write(page: &mut Page, path: &[Step], edit: Edit) -> Result<String, String> {
    let mut events = page.ask(WriteEdit { path: path.to_vec(), edit }.into_command());
    match events.pop() {
        Some(EventBody::Faulted(Fault { message, .. })) => Err(message),
        Some(body) => Ok(WriteEdit::reply_of(body).expect("a line")),
        None => panic!("no answer"),
    }
}

/// Runs a line as the console does, and returns what it gives.
fn run(page: &mut Page, line: &str) -> Vec<String> {
    let command = Command::Run { source: line.into(), chunk: "console".into(), mode: RunMode::Console };
    let outcome = page.ask(command).into_iter().find_map(|event| match event {
        EventBody::RunFinished(RunReport { outcome, .. }) => Some(outcome),
        _ => None,
    });
    match outcome {
        Some(Outcome::Returned(values)) => values.into_iter().map(|value| value.text).collect(),
        outcome => panic!("{line}: {outcome:?}"),
    }
}

/// Makes the edit, and returns the line and what an expression gives after it.
fn edited(path: &[Step], edit: Edit, expression: &str) -> (String, String) {
    let mut page = page();
    let line = write(&mut page, path, edit).expect("an edit that is possible");
    run(&mut page, &line);
    let shown = run(&mut page, expression).join(" ");
    (line, shown)
}

fn set(value: &str) -> Edit {
    Edit::Set { value: value.into() }
}

fn add(key: &str, value: &str) -> Edit {
    Edit::Add { key: key.into(), value: value.into() }
}

fn rename(key: &str) -> Edit {
    Edit::Rename { key: key.into() }
}

fn both(line: &str, shown: &str) -> (String, String) {
    (line.into(), shown.into())
}

#[test]
fn values_are_replaced_by_lua_and_json() {
    let name = [key("user"), key("name")];
    let shown = "rawget(_home.user, 'name')";
    assert_eq!(edited(&name, set(" 'Grace' "), shown), both("_home.user.name = 'Grace'", "\"Grace\""));
    assert_eq!(edited(&name, set("1.0"), shown), both("_home.user.name = 1.0", "1.0"));
    assert_eq!(edited(&name, set("_home.list"), "_home.user.name == _home.list").1, "true");
    assert_eq!(edited(&name, set("7 -- for now"), shown), both("_home.user.name = (7 -- for now\n)", "7"));
    assert_eq!(edited(&name, set("{ n = 1 }"), "_home.user.name.n").1, "1");
    assert_eq!(edited(&name, set("{\"a b\": [1, null, \"x\"]}"), "_home.user.name['a b'][3]").1, "\"x\"");
    assert_eq!(edited(&name, set("[]"), "#_home.user.name").1, "0");
    let in_other = [key("two words"), Step::Key(Key::Float(2.5f64.to_bits()))];
    assert_eq!(edited(&in_other, set("0"), "_home['two words'][2.5]"), both("_home[\"two words\"][2.5] = 0", "0"));
}

#[test]
fn upvalues_and_metatables_are_replaced() {
    let upvalue = [key("counter"), Step::Upvalue(0)];
    assert_eq!(edited(&upvalue, set("41"), "_home.counter()"), both("debug.setupvalue(_home.counter, 1, 41)", "42"));
    let metatable = [key("user"), Step::Metatable];
    assert_eq!(
        edited(&metatable, Edit::Remove, "_home.user.other"),
        both("debug.setmetatable(_home.user, nil)", "nil")
    );
    let of_metatable = [key("user"), Step::Metatable, key("__index")];
    assert_eq!(edited(&of_metatable, set("_home.list"), "_home.user[1]").1, "\"a\"");
}

#[test]
fn entries_are_added_without_metamethods() {
    let user = [key("user")];
    assert_eq!(
        edited(&user, add("born", "1815"), "_home.user.born"),
        both("rawset(_home.user, \"born\", 1815)", "1815")
    );
    assert_eq!(edited(&user, add("'42'", "1"), "_home.user['42']").1, "1");
    assert_eq!(edited(&user, add("42", "1"), "_home.user[42]").1, "1");
    assert_eq!(edited(&user, add("-1.50", "1"), "_home.user[-1.5]"), both("rawset(_home.user, -1.5, 1)", "1"));
    assert_eq!(edited(&user, add("2.0", "1"), "_home.user[2]"), both("rawset(_home.user, 2, 1)", "1"));
    assert_eq!(edited(&user, add("true", "'yes' --[[!]]"), "_home.user[true]").1, "\"yes\"");
    assert_eq!(edited(&user, add("inf", "1"), "_home.user.inf").1, "1");
    assert_eq!(edited(&[key("list")], add(" ", "'d'"), "_home.list[4]"), both("rawset(_home.list, 4, 'd')", "\"d\""));
    assert_eq!(edited(&[], add("first", "1"), "_home.first"), both("rawset(_home, \"first\", 1)", "1"));
}

#[test]
fn keys_change_and_values_stay_the_same() {
    let shown = "rawget(_home.user, 'full name'), rawget(_home.user, 'name')";
    assert_eq!(edited(&[key("user"), key("name")], rename("full name"), shown).1, "\"Ada\" nil");
    let odd = [key("two words"), Step::Key(Key::Boolean(false))];
    assert_eq!(edited(&odd, rename("3"), "_home['two words'][3]").1, "\"no\"");
}

#[test]
fn what_is_removed_leaves_no_hole_in_a_sequence() {
    assert_eq!(edited(&[key("list"), integer(2)], Edit::Remove, "table.concat(_home.list)").1, "\"ac\"");
    assert_eq!(edited(&[key("user"), key("age")], Edit::Remove, "rawget(_home.user, 'age')").1, "nil");
    // To move the others up would call its metamethods.
    let guarded = [key("guarded_list"), integer(2)];
    assert_eq!(
        edited(&guarded, Edit::Remove, "rawget(_home.guarded_list, 3)"),
        both("_home.guarded_list[2] = nil", "3")
    );
}

#[test]
fn what_cannot_be_done_is_said_before_anything_runs() {
    let mut page = page();
    let user = [key("user")];
    let name = [key("user"), key("name")];
    let mut refused = |path: &[Step], edit| write(&mut page, path, edit).expect_err("a refusal");
    assert_eq!(refused(&user, add("name", "1")), "There is already an entry with the key \"name\".");
    assert_eq!(refused(&name, rename("'age'")), "There is already an entry with the key \"age\".");
    assert_eq!(refused(&name, add("x", "1")), "Only a table can have entries.");
    assert_eq!(refused(&name, rename("")), "The entry needs a key.");
    assert_eq!(refused(&[], set("{}")), "_home itself cannot be replaced here.");
    assert_eq!(refused(&[key("nobody")], set("1")), "The value no longer exists.");
    assert_eq!(refused(&name, set(" ")), "The value is missing. For an empty text, write \"\".");
    assert_eq!(
        refused(&name, set("Ada Lovelace")),
        "This is not a Lua expression: ')' expected near 'Lovelace'. Texts stand in quotation marks."
    );
    assert_eq!(
        refused(&name, set("1; os.exit()")),
        "This is not a Lua expression: ')' expected near ';'. Texts stand in quotation marks."
    );
    assert!(refused(&name, set("[1,")).contains("As JSON: it is not JSON"));
    assert!(refused(&name, set(&"x".repeat(100_001))).starts_with("This is too long"));
    assert_eq!(
        refused(&[Step::Key(Key::Entry(0))], set("1")),
        "No text leads to this value: a key on the way is a table or a function."
    );
}
