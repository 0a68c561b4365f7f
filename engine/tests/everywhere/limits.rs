//! Programs that run into limits: each gets a Lua error, never a trap, and the VM stays usable.

use wire::RunMode;

use crate::common;

/// Each program with a part of its error message.
const PROGRAMS: [(&str, &str); 17] = [
    ("local function f() return f() + 1 end f()", "stack overflow"),
    ("local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) return t[1]", "stack overflow"),
    ("local function f(s) return (s:gsub('.', f)) end f('a')", "stack overflow"),
    (
        "local function f() return pcall(f) end local ok, e repeat ok, e = f() until true error('stack overflow')",
        "stack overflow",
    ),
    (
        "local function f() error(setmetatable({}, {__tostring = f})) end tostring(setmetatable({}, {__tostring = function(s) return string.format('%s', s) end}))",
        "stack overflow",
    ),
    ("local function f() return coroutine.wrap(f)() end f()", "stack overflow"),
    ("table.sort({3, 1, 2}, function(a, b) error('in sort') end)", "in sort"),
    ("local t = {} for i = 1, 100 do t[i] = i end table.sort(t, function() return true end)", "invalid order function"),
    ("return load('return ' .. ('('):rep(100000) .. '1' .. (')'):rep(100000))() ", "attempt to call a nil value"),
    ("return assert(load('local x = ' .. ('{'):rep(100000)))", "overflow"),
    ("return ('x'):rep(1 << 40)", "resulting string too large"),
    ("return ('x'):rep(1 << 28)", "not enough memory"),
    ("local s = 'x' while true do s = s .. s end", "not enough memory"),
    ("local t = {} while true do t = {t} end", "not enough memory"),
    ("local t = {} for i = 1, 1e7 do t[i] = coroutine.create(print) end", "not enough memory"),
    ("return ('a'):rep(300000):find(('a?'):rep(300000) .. 'b')", "pattern too complex"),
    ("return string.format('%99999d', 1)", "invalid conversion"),
];

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn limits_are_errors() {
    let (mut vm, host) = common::vm();
    for (program, expected) in PROGRAMS {
        let error = match vm.run(&"main.lua".into(), program.as_bytes(), RunMode::Program) {
            Err(error) => error.to_string(),
            Ok(_) => String::from("no error"),
        };
        assert!(error.contains(expected), "{program}: {error}");
        vm.run(&"main.lua".into(), b"collectgarbage() print(1 + 1)", RunMode::Program).unwrap();
        assert_eq!(host.take_written(), "2\n", "after {program}");
    }
}

/// The same errors can be caught, and the caught value is a string with the place.
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn limits_can_be_caught() {
    let (mut vm, host) = common::vm();
    let program = b"
        local function f() return f() + 1 end
        local ok, e = pcall(f)
        print(ok, type(e), e:find('main.lua:2: stack overflow', 1, true) ~= nil)
        print(pcall(function() local s = 'x' while true do s = s .. s end end))
        print(select('#', pcall(coroutine.wrap(function() coroutine.yield(1) error('late') end))))
        for i = 1, 1000 do pcall(error, i) end
        print(#('x'):rep(1000))";
    vm.run(&"main.lua".into(), program, RunMode::Program).unwrap();
    assert_eq!(host.take_written(), "false\tstring\ttrue\nfalse\tnot enough memory\n2\n1000\n");
}
