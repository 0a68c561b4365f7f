//! What is alive, as the editor is told.

use wire::*;

use crate::page::*;

fn define(page: &mut Page) -> Definitions {
    let events = page.ask(Define.into_command());
    let [EventBody::Replied(Reply::Define(definitions))] = &events[..] else { panic!("{events:?}") };
    definitions.clone()
}

#[test]
fn home_is_defined_with_types_values_and_classes() {
    let mut page = Page::open(&SharedStore::default());
    page.run(
        "_home.counter, _home['two words'], _home.ratio = 41, 'a`b', 0.5\n\
         _home.users = {ada = {age = 36}}\n\
         _home.list = {{done = true}, {done = false}}\n\
         function _home.greet(name, ...) end\n\
         local Animal = {} Animal.__index = Animal function Animal:speak() end\n\
         _home.pet = setmetatable({name = 'Rex'}, Animal)\n\
         _home.self = _home",
    );
    let expected = "---@meta\n\
        ---Everything in this table is saved.\n\
        ---@class (partial) _home\n\
        ---@field counter integer `41`\n\
        ---@field greet fun(name, ...): any\n\
        ---@field list _home.list.element[] `2 × {done}`\n\
        ---@field pet _home.pet `{name = \"Rex\"}`\n\
        ---@field ratio number `0.5`\n\
        ---@field self _home `{counter = 41, greet = function(name, ...), list = {…}, …}`\n\
        ---@field [\"two words\"] string `\"a'b\"`\n\
        ---@field users _home.users `{ada = {…}}`\n\
        _home = {}\n\n\
        ---@class (partial) _home.list.element\n\
        ---@field done boolean `true`\n\n\
        ---@class (partial) _home.pet: _home.pet.class\n\
        ---@field name string `\"Rex\"`\n\n\
        ---@class (partial) _home.users\n\
        ---@field ada _home.users.ada `{age = 36}`\n\n\
        ---@class (partial) _home.pet.class\n\
        ---@field __index _home.pet.class `{__index = {…}, speak = function(self)}`\n\
        ---@field speak fun(self): any\n\n\
        ---@class (partial) _home.users.ada\n\
        ---@field age integer `36`\n\n";
    assert_eq!(define(&mut page).home, expected);
}

#[test]
fn globals_of_programs_are_named_and_those_of_the_library_are_not() {
    let mut page = Page::open(&SharedStore::default());
    page.run("total, greet = 1, print\n_G['two words'] = 1\n_G[1] = 2");
    let globals = define(&mut page).globals;
    let mut names: Vec<_> = globals.split(' ').filter(|name| *name != "_home").collect();
    names.sort_unstable();
    assert_eq!(names, ["Memory", "greet", "total"]);
}

#[test]
fn what_is_told_of_a_large_home_is_bounded() {
    let mut page = Page::open(&SharedStore::default());
    page.run("for i = 1, 5000 do _home['key' .. i] = {x = {y = {z = {}}}} end");
    let fields = define(&mut page).home.matches("---@field").count();
    assert!((200..=1000).contains(&fields), "{fields}");
    page.run("local t = _home for i = 1, 100 do t.deeper = {} t = t.deeper end");
    assert!(define(&mut page).home.contains("---@field deeper"));
}
