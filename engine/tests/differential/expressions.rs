//! Expressions: operators on odd values, and calls of the library with arguments that are mostly of the right type.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

/// Writes what an expression gives, or the message of its error; floats to the last bit.
const PRELUDE: &str = r#"
local function shown(value, depth)
  if type(value) == "table" then
    if depth > 2 then return "{..}" end
    local keys, items = {}, {}
    for key in next, value do keys[#keys + 1] = key end
    table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
    for _, key in ipairs(keys) do
      items[#items + 1] = "[" .. shown(key, depth + 1) .. "]=" .. shown(rawget(value, key), depth + 1)
    end
    return "{" .. table.concat(items, ",") .. "}"
  elseif type(value) == "function" or type(value) == "userdata" then
    return type(value)
  elseif math.type(value) == "float" then
    return ("%a %s"):format(value, value)
  end
  return ("%q"):format(value)
end
local function try(f)
  local results = table.pack(pcall(f))
  for index = 1, results.n do results[index] = shown(results[index], 0) end
  print(table.concat(results, " ", 1, results.n))
end
local class = setmetatable({ field = 1 }, { __name = "My.Class", __index = function(_, key) return key end })
math.randomseed(42)
package.path, package.cpath, package.searchers[4], package.searchers[3] = "./?.lua", "", nil, nil
"#;

const INTEGERS: [&str; 16] = [
    "0",
    "1",
    "-1",
    "2",
    "3",
    "7",
    "10",
    "-5",
    "255",
    "-128",
    "65536",
    "0x7fffffff",
    "(1 << 53)",
    "math.maxinteger",
    "math.mininteger",
    "0xffffffffffffffff",
];
const SMALL: [&str; 12] = ["0", "1", "2", "3", "4", "5", "-1", "-2", "-4", "8", "2.0", "'3'"];
const FLOATS: [&str; 19] = [
    "0.0",
    "-0.0",
    "0.5",
    "-1.5",
    "3.0",
    "1e15",
    "1e16",
    "1e100",
    "2.0^53",
    "2.0^63",
    "-2.0^63",
    "(1/0)",
    "(-1/0)",
    "(0/0)",
    "1e-320",
    "0.1",
    "3.14159",
    "1e308",
    "123456789012345678",
];
const STRINGS: [&str; 22] = [
    "''",
    "'abc'",
    "'10'",
    "' 0x10 '",
    "'1e1'",
    "'-0x8p-1'",
    "'a\\0b'",
    "'h\\u{e9}llo'",
    "'\\xff\\xfe'",
    "'10a'",
    "'the quick brown fox'",
    "'(a(b)c)d'",
    "'k = v, x=1'",
    "'\\n\\r\\t\\\\\"'",
    "'%d'",
    "'0x'",
    "'inf'",
    "'1 '",
    "('x'):rep(20)",
    "'\\u{1F600}z'",
    "'aaab'",
    "'9223372036854775808'",
];
const TABLES: [&str; 8] = [
    "{}",
    "{1, 2, 3}",
    "{3, 1, 2}",
    "{'b', 'a', 'c'}",
    "{1, 'x', 2.5}",
    "{1, nil, 3}",
    "{n = 1, 10, 20}",
    "{1.5, 2, '3'}",
];
const OTHERS: [&str; 8] = ["nil", "true", "false", "print", "class", "class.field", "undefined", "#{}"];
const BINARY: [&str; 21] = [
    "+", "-", "*", "/", "//", "%", "^", "&", "|", "~", "<<", ">>", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or",
];
const PATTERN_PIECES: [&str; 30] = [
    "a", "b", ".", "%a", "%d", "%s", "%w", "[ab]", "[^a]", "[a-c]", "%b()", "%f[%w]", "(", ")", "()", "%1", "^", "$",
    "-", "*", "+", "?", "%", "[", "x", "%x", "%p", "[%w_]", "%.", "\\0",
];
const FORMAT_PIECES: [&str; 34] = [
    "%d", "%5d", "%-5d|", "%+d", "%05d", "%i", "%u", "%x", "%X", "%#x", "%o", "%c", "%e", "%.3e", "%f", "%.0f",
    "%10.2f", "%g", "%.14g", "%#g", "%a", "%.2a", "%q", "%s", "%10s|", "%-10s|", "%.2s", "%%", "%", "%z", "%123d",
    "%p", "%.20s", "x",
];
const PACK_PIECES: [&str; 27] = [
    "b", "B", "h", "H", "i", "I", "l", "j", "J", "T", "f", "d", "n", "i3", "I7", "i16", "s", "s1", "z", "c4", "x", "<",
    ">", "=", "!4", "Xi", "i17",
];
const REPLACEMENTS: [&str; 10] = [
    "'x'",
    "'%0%0'",
    "'<%1>'",
    "'%2'",
    "'%'",
    "'%%'",
    "{a = 'A', b = false}",
    "function(c) return c:upper() end",
    "string.len",
    "class",
];
const DATE_PIECES: [&str; 22] = [
    "%Y", "%m", "%d", "%H", "%M", "%S", "%p", "%A", "%B", "%a", "%b", "%c", "%x", "%X", "%y", "%j", "%w", "%%", "%Ez",
    "%Q", "!", "%",
];
/// The kind of each argument is in braces.
const CALLS: [&str; 110] = [
    "tostring({any})",
    "tonumber({any})",
    "tonumber({string}, {small})",
    "tonumber({string}, 16)",
    "tonumber({string}, 36)",
    "type({any})",
    "select({small}, {any}, {any}, {any})",
    "select('#', {any}, {any})",
    "rawlen({any})",
    "rawequal({any}, {any})",
    "rawget({table}, {any})",
    "next({table})",
    "#{any}",
    "-{any}",
    "~{any}",
    "not {any}",
    "assert({any}, {any})",
    "error({any})",
    "error({any}, {small})",
    "type(getmetatable({any}))",
    "setmetatable({any}, {any})",
    "ipairs({any})",
    "pairs({any})",
    "math.floor({number})",
    "math.ceil({number})",
    "math.fmod({number}, {number})",
    "math.modf({number})",
    "math.tointeger({any})",
    "math.ult({integer}, {integer})",
    "math.abs({number})",
    "math.max({number}, {number}, {number})",
    "math.min({number}, {number})",
    "math.type({any})",
    "math.sqrt({number})",
    "math.exp({small})",
    "math.log({number}, {number})",
    "math.log({number}, 2)",
    "math.random({small}, {integer})",
    "math.random({integer})",
    "math.random()",
    "string.byte({string}, {small}, {small})",
    "string.char({small}, {integer})",
    "string.len({any})",
    "string.lower({string})",
    "string.upper({any})",
    "string.reverse({string})",
    "string.sub({string}, {small}, {integer})",
    "string.sub({string}, {any})",
    "string.rep({string}, {small})",
    "('x'):rep({small}, {string})",
    "string.find({string}, {pattern}, {small})",
    "string.find({string}, {string}, {small}, true)",
    "string.match({string}, {pattern})",
    "string.match({string}, {pattern}, {small})",
    "string.gsub({string}, {pattern}, {replacement})",
    "string.gsub({string}, {pattern}, {replacement}, {small})",
    "collect(string.gmatch({string}, {pattern}))",
    "collect(string.gmatch({string}, {pattern}, {small}))",
    "string.format({format}, {any}, {any})",
    "string.format({format}, {number}, {string})",
    "string.format({format}, {integer}, {integer}, {number})",
    "string.format({format}, {string}, {string}, {any})",
    "string.pack({pack}, {integer}, {small}, {string})",
    "string.pack({pack}, {number}, {number})",
    "string.packsize({pack})",
    "string.unpack({pack}, {string}, {small})",
    "string.unpack({pack}, ('\\1\\2\\3\\4\\5\\6\\7\\8'):rep(4))",
    "table.concat({table}, {string})",
    "table.concat({table}, {string}, {small}, {small})",
    "change(table.insert, {table}, {any})",
    "change(table.insert, {table}, {small}, {any})",
    "change(table.insert, {table}, {small}, {any}, {any})",
    "change(table.remove, {table})",
    "change(table.remove, {table}, {small})",
    "change(table.sort, {table})",
    "change(table.sort, {table}, function(a, b) return a > b end)",
    "change(table.move, {table}, {small}, {small}, {small})",
    "table.move({table}, {small}, {small}, {small}, {table})",
    "table.pack({any}, {any})",
    "table.unpack({table})",
    "table.unpack({table}, {small}, {small})",
    "utf8.char({integer}, {small})",
    "utf8.len({string}, {small}, {small})",
    "utf8.codepoint({string}, {small}, {small})",
    "utf8.offset({string}, {small}, {small})",
    "collect(utf8.codes({string}))",
    "utf8.len({string}, {small}, {small}, true)",
    "os.date({date}, {integer})",
    "os.date('!' .. {date}, {number})",
    "os.date('*t', {integer})",
    "os.date('!*t', 1e9)",
    "os.time({year = {integer}, month = {small}, day = {integer}})",
    "os.time({year = 2024, month = {integer}, day = {small}, hour = {any}, min = {integer}, sec = {small}})",
    "os.difftime({number}, {number})",
    "coroutine.wrap({any})",
    "coroutine.isyieldable({any})",
    "coroutine.close({any})",
    "coroutine.status({any})",
    "load({string}, {any}, {any})",
    "load('return ' .. {string})",
    "require({any})",
    "package.searchpath({string}, {string}, {string}, {string})",
    "io.type({any})",
    "io.read({small})",
    "io.write({any}, {any})",
    "io.lines({table})",
    "debug.getlocal({any}, {small})",
    "debug.getupvalue({any}, {small})",
    "debug.traceback({any}, {small})",
    "warn({any}, {any})",
];

fn text(pieces: &'static [&'static str], count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    proptest::collection::vec(select(pieces), count).prop_map(|pieces| format!("'{}'", pieces.concat()))
}

fn any_value() -> impl Strategy<Value = String> {
    let pools: [&'static [&'static str]; 5] = [&INTEGERS, &FLOATS, &STRINGS, &TABLES, &OTHERS];
    Union::new(pools.map(select)).prop_map(str::to_owned)
}

/// An argument of some kind; now and then of another.
fn argument(kind: &str) -> BoxedStrategy<String> {
    let pool = |pool: &'static [&'static str]| select(pool).prop_map(str::to_owned).boxed();
    let right = match kind {
        // What is repeated or walked over must not be too much.
        "small" => return pool(&SMALL),
        "table" => return pool(&TABLES),
        "integer" => pool(&INTEGERS),
        "number" => prop_oneof![pool(&INTEGERS), pool(&FLOATS)].boxed(),
        "string" => pool(&STRINGS),
        "pattern" => text(&PATTERN_PIECES, 0..6).boxed(),
        "replacement" => pool(&REPLACEMENTS),
        "format" => text(&FORMAT_PIECES, 0..5).boxed(),
        "pack" => text(&PACK_PIECES, 0..5).boxed(),
        "date" => text(&DATE_PIECES, 0..4).boxed(),
        _ => any_value().boxed(),
    };
    prop_oneof![9 => right, 1 => any_value()].boxed()
}

/// A call, its braces filled in one after the other.
fn call(template: &'static str) -> BoxedStrategy<String> {
    template
        .split_inclusive('}')
        .map(|piece| {
            match piece
                .rsplit_once('{')
                .filter(|(_, kind)| kind.bytes().rev().skip(1).all(|byte| byte.is_ascii_lowercase()) && kind.len() > 1)
            {
                Some((before, kind)) => {
                    argument(kind.trim_end_matches('}')).prop_map(move |text| format!("{before}{text}")).boxed()
                }
                None => Just(piece.to_owned()).boxed(),
            }
        })
        .fold(Just(String::new()).boxed(), |text, piece| (text, piece).prop_map(|(text, piece)| text + &piece).boxed())
}

/// An expression.
pub fn expression() -> BoxedStrategy<String> {
    let operation = (any_value(), select(&BINARY[..]), any_value())
        .prop_map(|(left, operator, right)| format!("{left} {operator} {right}"));
    let nested = (any_value(), select(&BINARY[..]), any_value(), select(&BINARY[..]), any_value())
        .prop_map(|(a, first, b, second, c)| format!("{a} {first} {b} {second} {c}"));
    let calls = select(&CALLS[..]).prop_flat_map(call);
    prop_oneof![3 => operation, 1 => nested, 8 => calls].boxed()
}

/// A program that tries expressions one after the other.
pub fn program(expressions: &[String]) -> String {
    let helpers = "
local function collect(...)
  local all = {}
  for a, b in ... do
    all[#all + 1] = tostring(a) .. '=' .. tostring(b)
    if #all > 50 then break end
  end
  return all
end
local function change(f, t, ...)
  return t, f(t, ...)
end
";
    let tries: String = expressions.iter().map(|text| format!("try(function() return {text} end)\n")).collect();
    format!("{PRELUDE}{helpers}{tries}")
}
