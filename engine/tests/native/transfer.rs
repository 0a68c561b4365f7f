//! Values as messages: what comes back equals what went out, and malformed messages do no harm.

use engine::lua::{EvaluationError, IoField, TransferError, Vm};
use proptest::prelude::*;

use crate::common;

/// A Lua function that returns whether two values are deeply equal.
const SAME: &str = "
    function same(a, b)
        if type(a) ~= 'table' or type(b) ~= 'table' then
            return math.type(a) == math.type(b) and (a == b or a ~= a and b ~= b)
        end
        for key in pairs(a) do if not same(a[key], b[key]) then return false end end
        for key in pairs(b) do if a[key] == nil then return false end end
        return true
    end";

fn vm() -> Vm {
    let (mut vm, _) = common::vm();
    vm.evaluate("same", SAME.as_bytes()).unwrap();
    vm
}

fn refusal(vm: &mut Vm, program: &str) -> String {
    match vm.evaluate("main.lua", program.as_bytes()) {
        Err(EvaluationError::Transfer(error)) => error.to_string(),
        other => panic!("{program} gave {other:?}"),
    }
}

/// Takes a value out and in again, and lets Lua compare.
fn survives(vm: &mut Vm, expression: &str) -> bool {
    let message = vm.evaluate("main.lua", format!("value = {expression} return value").as_bytes()).unwrap();
    vm.set_io(IoField::Input, None, &message).unwrap();
    let is_same = vm.evaluate("main.lua", b"return same(value, _io.input)").unwrap();
    is_same == vm.evaluate("main.lua", b"return true").unwrap()
}

#[test]
fn values_survive() {
    let mut vm = vm();
    for expression in [
        "nil",
        "true",
        "1 << 62",
        "math.mininteger",
        "-0.0",
        "0/0",
        "''",
        "'a\\0b\\xff'",
        "{}",
        "{1, 2, 3}",
        "{[3] = 3, [1] = 1, [2] = 2}",
        "{1, nil, 3}",
        "{1, 2, a = 3}",
        "{[1.5] = true, [false] = {}, [''] = 0}",
        "{a = {b = {c = {}}}}",
    ] {
        assert!(survives(&mut vm, expression), "{expression}");
    }
}

#[test]
fn shared_tables_stay_shared() {
    let mut vm = vm();
    let message = vm.evaluate("main.lua", b"local t = {} for i = 1, 60 do t = {t, t} end return t").unwrap();
    vm.set_io(IoField::Input, None, &message).unwrap();
    let answer = vm.evaluate("main.lua", b"return _io.input[1] == _io.input[2]").unwrap();
    assert_eq!(answer, vm.evaluate("main.lua", b"return true").unwrap());
}

#[test]
fn nesting_uses_no_call_stack() {
    let mut vm = vm();
    let deep = "local t = {} for i = 1, 100000 do t = {n = t} end return t";
    let message = vm.evaluate("main.lua", deep.as_bytes()).unwrap();
    vm.set_io(IoField::Input, None, &message).unwrap();
    let count = "local t, n = _io.input, 0 while t.n do t, n = t.n, n + 1 end return n == 100000";
    let answer = vm.evaluate("main.lua", count.as_bytes()).unwrap();
    assert_eq!(answer, vm.evaluate("main.lua", b"return true").unwrap());
}

#[test]
fn values_that_cannot_cross_are_named_by_path() {
    let mut vm = vm();
    let cases = [
        ("return print", "result is a function"),
        ("return {a = {1, 2, {b = print}}}", "result.a[3].b is a function"),
        ("return {['odd key'] = coroutine.create(print)}", "result[\"odd key\"] is a coroutine"),
        ("return {[print] = 1}", "result[key] is a function"),
        ("local t = {} t.self = t return t", "result.self is part of a cycle"),
        ("local a, b = {}, {} a.x, b.y = b, a return {a, b}", "is part of a cycle"),
        ("local s = {} return {s, s, {s, print}}", "result[3][2] is a function"),
    ];
    for (program, expected) in cases {
        let refused = refusal(&mut vm, program);
        assert!(refused.contains(expected), "{program}: {refused}");
    }
}

#[test]
fn none_of_the_programs_code_runs_during_a_transfer() {
    let mut vm = vm();
    let program = "
        local function fail() error('ran') end
        local guard = {__index = fail, __newindex = fail, __pairs = fail, __len = fail, __tostring = fail}
        setmetatable(_io, guard)
        return setmetatable({x = setmetatable({1, 2, setmetatable({}, guard)}, guard)}, guard)";
    let message = vm.evaluate("main.lua", program.as_bytes()).unwrap();
    vm.set_io(IoField::Output, Some("field"), &message).unwrap();
    assert_eq!(vm.io(IoField::Output, Some("field")).unwrap(), message);
    vm.clear_io().unwrap();
}

#[test]
fn the_raised_value_is_returned() {
    let mut vm = vm();
    let expected = vm.evaluate("main.lua", b"return {code = 7}").unwrap();
    match vm.evaluate("main.lua", b"local x\nerror({code = 7})") {
        Err(EvaluationError::Failed { failure, value }) => {
            assert_eq!(value.unwrap(), expected);
            assert_eq!(failure.message, "(error object is a table value)");
            assert_eq!(failure.location, Some(wire::ChunkLocation { chunk: "main.lua".into(), line: 2 }));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn memory_is_limited() {
    let (mut vm, _) = common::vm();
    let message = vm.evaluate("main.lua", b"local t = {} for i = 1, 100000 do t[i] = {} end return t").unwrap();
    vm.set_limits(wire::Limits { memory_bytes: 2 << 20, ..Default::default() }).unwrap();
    let refused = vm.set_io(IoField::Input, None, &message);
    assert_eq!(refused, Err(TransferError::Lua("not enough memory".into())));
    vm.evaluate("main.lua", b"return 1").unwrap();
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        any::<i64>()
            .prop_map(|integer| format!("({integer} | 0)").replace("(-9223372036854775808 | 0)", "math.mininteger")),
        any::<f64>().prop_filter("finite", |float| float.is_finite()).prop_map(|float| format!("({float:?} + 0.0)")),
        any::<bool>().prop_map(|boolean| boolean.to_string()),
        proptest::collection::vec(any::<u8>(), 0..50).prop_map(|bytes| {
            let escaped: String = bytes.iter().map(|byte| format!("\\{byte:03}")).collect();
            format!("'{escaped}'")
        }),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let key =
            prop_oneof!["[a-z]{1,3}".prop_map(|name| format!("['{name}']")), (1..9).prop_map(|i| format!("[{i}]"))];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(|values| format!("{{{}}}", values.join(", "))),
            proptest::collection::vec((key, inner), 0..6).prop_map(|entries| {
                let entries: Vec<_> = entries.iter().map(|(key, value)| format!("{key} = {value}")).collect();
                format!("{{{}}}", entries.join(", "))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_survives(expression in expression()) {
        prop_assert!(survives(&mut vm(), &expression));
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in proptest::collection::vec(prop_oneof![0..20_u8, any::<u8>()], 0..200)) {
        let mut vm = vm();
        // Whether they are a valid message does not matter here.
        let _ = vm.set_io(IoField::Input, None, &bytes);
        prop_assert!(vm.evaluate("main.lua", b"return #tostring(_io.input)").is_ok());
    }
}
