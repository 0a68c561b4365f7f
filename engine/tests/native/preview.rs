//! Values in one line.

use wire::Subject;

use crate::page::{Page, SharedStore};

/// The rows of `_home` after a program, each as `label: value`.
fn rows(program: &str) -> Vec<String> {
    let mut page = Page::open(&SharedStore::default());
    page.prints(program);
    page.rows(Subject::Home, &[])
}

#[test]
fn a_sequence_of_like_tables_tells_what_they_have_in_common() {
    assert_eq!(
        rows(
            "local t = {} for i = 1, 200 do t[i] = {id = i, name = 'x', price = 1.5} end _home.items = t \
              _home.some = {{a = 1, b = 2}, {a = 1, c = 3}} _home.matrix = {{1, 2}, {3, 4}} _home.one = {{a = 1}} \
              _home.mixed = {{a = 1}, 5} _home.unlike = {{a = 1}, {b = 1}} _home.named = {{a = 1}, {a = 2}, n = 2} \
              local wide = {} for i = 1, 30 do wide['a_long_name_' .. i] = i end _home.wide = {wide, wide}"
        ),
        [
            "items: 200 × {id, name, price}",
            "matrix: {{…}, {…}}",
            "mixed: {{…}, 5}",
            "named: {{…}, {…}, n = 2}",
            "one: {{…}}",
            "some: 2 × {a, …}",
            "unlike: {{…}, {…}}",
            "wide: 2 × {a_long_name_1, a_long_name_10, a_long_name_11, …}",
        ]
    );
}

#[test]
fn the_name_of_a_class_is_shown() {
    assert_eq!(
        rows(
            "local Account = {} Account.__index = Account _home.Account = Account \
              _home.acc = setmetatable({balance = 15}, Account) \
              _home.list = {setmetatable({balance = 1}, Account), setmetatable({balance = 2}, Account)} \
              _home.point = setmetatable({x = 1}, {__name = 'geo.Point'}) \
              _home.odd = setmetatable({}, {__name = 'no name'}) _home.lib = {Shape = {}} \
              _home.shape = setmetatable({}, {__index = _home.lib.Shape}) _home.plain = setmetatable({}, {})"
        ),
        [
            "Account: {__index = {…}}",
            "acc: Account {balance = 15}",
            "lib: {Shape = {}}",
            "list: 2 × Account {balance}",
            "odd: {}",
            "plain: {}",
            "point: geo.Point {x = 1}",
            "shape: Shape {}",
        ]
    );
}

#[test]
fn previews_of_hostile_tables_are_quick() {
    let start = std::time::Instant::now();
    let rows = rows(
        "local class = {} for i = 1, 200000 do class['k' .. i] = i end class.__name = ('x'):rep(100000) \
         for i = 1, 50 do _home[i] = setmetatable({[('k'):rep(100000) .. i] = 1}, class) end \
         _home.list = {class, class, class}",
    );
    assert!(rows[50].starts_with("list: 3 × {__name, k1, k10, "), "{}", rows[50]);
    assert!(start.elapsed().as_secs() < 20);
}
