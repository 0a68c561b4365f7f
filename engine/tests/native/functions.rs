//! Functions that get another text while they live.

use wire::{
    Call, CheckFunction, Command, EditFunction, EventBody, Fault, FunctionEdit, History, Key, RunMode, Step, Subject,
};

use crate::page::{Page, SharedStore, key};

const PROGRAM: &str = "
local count, step = 0, 1
function _home.next(by)
  count = count + step * (by or 1)
  return count
end
function _home.peek() return count end
_home.alias = _home.next
_home.by_function = { [_home.next] = 'next' }
local Account = {}
Account.__index = Account
function Account.deposit(self, n)
  self.balance = self.balance + n
end
_home.account = setmetatable({ balance = 0 }, Account)
Global = _home.next
local function greeter(greeting)
  return function(name) return greeting .. ' ' .. name end
end
_home.hello, _home.bye = greeter('hello'), greeter('bye')
";

fn page(program: &str) -> Page {
    let mut page = Page::open(&SharedStore::default());
    page.prints(program);
    page
}

fn answer<C: Call>(page: &mut Page, call: C) -> Result<C::Reply, String> {
    let mut events = page.ask(call.into_command());
    let fault = |event: &EventBody| match event {
        EventBody::Faulted(Fault { message, .. }) => Some(message.clone()),
        _ => None,
    };
    match events.iter().find_map(fault) {
        Some(message) => Err(message),
        None => Ok(events.drain(..).find_map(C::reply_of).expect("an answer")),
    }
}

fn edit(page: &mut Page, path: &[Step], source: &str) -> Result<FunctionEdit, String> {
    answer(page, EditFunction { path: path.to_vec(), source: source.into() })
}

fn check(page: &mut Page, path: &[Step], source: &str) -> Result<FunctionEdit, String> {
    answer(page, CheckFunction { path: path.to_vec(), source: source.into() })
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn all_who_hold_a_function_have_its_new_text_and_it_keeps_its_upvalues() {
    let mut page = page(PROGRAM);
    assert_eq!(page.prints("print(_home.next(), _home.next(4))"), "1\t5\n");
    let source = "function _home.next(by, ...)\n  count = count + (by or 1) * 100\n  return count, ...\nend\n";
    let expected =
        FunctionEdit { kept: texts(&["count"]), new: texts(&[]), lost: texts(&["step"]), functions: 1, omissions: 0 };
    assert_eq!(check(&mut page, &[key("next")], source), Ok(expected.clone()));
    assert_eq!(page.prints("print(_home.next())"), "6\n", "a check changes nothing");
    assert_eq!(edit(&mut page, &[key("next")], source), Ok(expected));
    // The cell is shared with `peek` as before.
    assert_eq!(
        page.prints("print(_home.next(1, 'x')) print(_home.peek(), _home.alias(2), _home.peek())"),
        "106\tx\n106\t306\t306\n"
    );
    assert_eq!(
        page.prints("print(_home.alias == _home.next, Global == _home.next, _home.by_function[_home.next])"),
        "true\ttrue\tnext\n"
    );
    let shown = page.rows(Subject::Home, &[]);
    assert!(shown.contains(&"next: function next(by, ...)".to_owned()), "{shown:?}");
}

#[test]
fn new_upvalues_are_nil_and_globals_are_there() {
    let mut page = page(PROGRAM);
    let source = "function _home.peek() return count, greeter, type(Account), tostring(step) end";
    let edited = edit(&mut page, &[key("peek")], source).expect("an edit");
    assert_eq!((edited.kept, edited.new), (texts(&["count"]), texts(&["step"])));
    // `greeter` comes after it in the text, and `Account` too: they are globals there.
    assert_eq!(page.prints("print(_home.peek())"), "0\tnil\tnil\tnil\n");
}

#[test]
fn methods_of_classes_and_all_closures_of_one_text_change() {
    let mut page = page(PROGRAM);
    let deposit = [key("account"), Step::Metatable, key("deposit")];
    let source = "function Account.deposit(self, n)\n  self.balance = self.balance + 2 * n\nend";
    assert_eq!(edit(&mut page, &deposit, source).expect("an edit").functions, 1);
    assert_eq!(page.prints("_home.account:deposit(4) print(_home.account.balance)"), "8\n");
    let source = "  return function(name) return greeting .. ', ' .. name .. '!' end";
    assert_eq!(edit(&mut page, &[key("bye")], source).expect("an edit").functions, 2);
    assert_eq!(page.prints("print(_home.hello('Ada'), _home.bye('Ada'))"), "hello, Ada!\tbye, Ada!\n");
}

#[test]
fn an_edit_is_one_step_of_history_and_outlives_the_page() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    page.prints(PROGRAM);
    edit(&mut page, &[key("peek")], "function _home.peek() return 'new' end").expect("an edit");
    assert_eq!(page.history().undo.as_deref(), Some("edited: _home.peek"));
    page.ask(Command::History(History::UndoRun { with_files: true }));
    assert_eq!(page.prints("print(_home.peek())"), "0\n");
    edit(&mut page, &[key("peek")], "function _home.peek() return 'newer' end").expect("an edit");
    let mut later = Page::open(&store);
    assert_eq!(later.prints("print(_home.peek(), _home.next())"), "newer\t1\n");
}

#[test]
fn functions_of_load_and_of_the_prompt_and_whole_chunks_can_be_edited() {
    let mut page =
        page("_home.f = load('local a = ... return a + 1') _home.g = load('x = 1; return function() return x end')()");
    edit(&mut page, &[key("f")], "local a = ... return a + 2").expect("an edit");
    edit(&mut page, &[key("g")], "x = 1; return function() return x, 'g' end").expect("an edit");
    let run = Command::Run {
        source: "function _home.p() return 1 end".into(),
        chunk: "console".into(),
        mode: RunMode::Console,
    };
    page.ask(run);
    edit(&mut page, &[key("p")], "function _home.p() return 2 end").expect("an edit");
    assert_eq!(page.prints("print(_home.f(40), _home.p(), _home.g())"), "42\t2\t1\tg\n");
}

#[test]
fn a_coroutine_that_waits_inside_of_a_function_goes_on_with_its_old_text() {
    let mut page = page(
        "function _home.count(from)
           local n = from
           while true do coroutine.yield(n) n = n + 1 end
         end
         _home.old = coroutine.wrap(function(...) return 'left', _home.count(...) end)
         print(_home.old(1), _home.old())",
    );
    let source = "function _home.count(from) for n = from, 1, -1 do coroutine.yield(n) end end";
    let edited = edit(&mut page, &[key("count")], &[source, "\n\n\n"].concat());
    assert_eq!(edited.expect("an edit").omissions, 0);
    assert_eq!(page.prints("print(_home.old(), _home.old())"), "3\t4\n");
    assert_eq!(page.prints("local new = coroutine.wrap(_home.count) print(new(2), new(), _home.old())"), "2\t1\t5\n");
}

#[test]
fn what_is_wrong_with_a_text_is_said_and_nothing_changes() {
    let mut page = page(PROGRAM);
    let mut refused = |path: &[Step], source: &str| {
        let checked = check(&mut page, path, source).expect_err("a refusal");
        assert_eq!(edit(&mut page, path, source), Err(checked.clone()));
        checked
    };
    assert_eq!(
        refused(&[key("next")], "function _home.next()\n  return return\nend"),
        "main.lua:4: unexpected symbol near 'return'"
    );
    assert_eq!(refused(&[key("next")], "\nfunction _home.next() end"), "The text no longer begins with this function.");
    assert_eq!(refused(&[key("next")], ""), "The text no longer begins with this function.");
    assert_eq!(refused(&[key("account")], "x"), "No lasting path in _home leads to this function.");
    assert_eq!(refused(&[key("nobody")], "x"), "No lasting path in _home leads to this function.");
    let by_object = [key("by_function"), Step::Key(Key::Entry(0))];
    assert_eq!(refused(&by_object, "x"), "No lasting path in _home leads to this function.");
    assert_eq!(page.prints("print(_home.next())"), "1\n");
}
