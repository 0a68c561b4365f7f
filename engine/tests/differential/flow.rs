//! Control flow: errors, yields, variables to be closed, metamethods and callbacks of the library, in one another.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What the programs write with, and what drives their coroutines.
const PRELUDE: &str = r#"
unpack = nil -- The engine's other name for table.unpack would be the one in tracebacks.
package.path, package.cpath, package.searchers[4], package.searchers[3] = "./?.lua", "", nil, nil
local a, b, yield = 1, 2, coroutine.yield
local function log(...)
  local all = table.pack(...)
  for index = 1, all.n do
    local value = all[index]
    all[index] = type(value) == "table" and (getmetatable(value) and "object" or "table") or tostring(value)
  end
  print(table.concat(all, " ", 1, all.n))
end
local function closer(name, body)
  return setmetatable({}, { __close = function(_, reason)
    log("close", name, reason)
    if body then body() end
  end })
end
local function drive(co)
  for round = 1, 4 do
    log("resume", coroutine.resume(co, round))
    if coroutine.status(co) == "dead" then break end
  end
  log(coroutine.status(co), coroutine.close(co))
end
"#;

/// `$` is a number that tells one statement from another.
const STATEMENTS: [&str; 44] = [
    "log('at $')",
    "a = a + $",
    "log(a, b)",
    "log('got', yield($))",
    "yield()",
    "error('e$')",
    "error('e$', 0)",
    "error('e$', 2)",
    "error('e$', 3)",
    "error({ code = $ })",
    "error()",
    "error(setmetatable({}, { __tostring = function() return 'object $' end }))",
    "do return $ end",
    "do return yield($) end",
    "do return a, b, $ end",
    "log(a.x.y)",
    "log(a .. {})",
    "log(#a)",
    "log(1 < 'x')",
    "log({} < {})",
    "log(a + nil)",
    "log(b.missing())",
    "missing$()",
    "log(('x'):nope())",
    "log(pcall(yield, $))",
    "log(pcall(error, 'e$'))",
    "log(debug.traceback('trace $'))",
    "log(debug.traceback('trace $', 2))",
    "log(coroutine.isyieldable(), select(2, coroutine.running()))",
    "log(load('return ... + $', '=chunk$', 't', {})(a))",
    "log(load('local x = $\\nerror(x)', 'text $ of the chunk'))",
    "load('local x = nil\\nx.y = $', '@file$.lua')()",
    "log(select('#', table.unpack({}, 1, $)))",
    "log(load(function() error('reader $') end))",
    "log(load(function() yield($) end))",
    "log(load('error(...)', $)('chunk $'))",
    "log(require('missing$'))",
    "log(io.read('n', 'l'))",
    "io.read('bad$')",
    "log(coroutine.close(coroutine.running()))",
    "log(pcall(debug.getinfo, $, 'nSlt'))",
    "table.insert({}, $, 1, 1)",
    "warn('@on', 'warning $')",
    "assert(a == $, 'assert $')",
];

/// ` {} ` is a block, which may yield, raise an error or return.
const BLOCKS: [&str; 63] = [
    "log('pcall', pcall(function() {} end))",
    "log('pcall', pcall(function(...) {} log(...) end, 1, nil, 3))",
    "log('xpcall', xpcall(function(...) {} end, function(m) log('handler', m) return m end, a))",
    "log('xpcall', xpcall(function() {} end, debug.traceback))",
    "log('xpcall', xpcall(function() {} end, function(m) error('again') end))",
    "log('xpcall', xpcall(function() error('first') end, function(m) {} return 'handled' end))",
    "drive(coroutine.create(function(...) {} end))",
    "drive(coroutine.create(function(...) log('in', ...) {} log('out') end))",
    "do local w = coroutine.wrap(function() {} end) log(pcall(w)) log(pcall(w, 1)) log(pcall(w, 2)) end",
    "do local w = coroutine.wrap(function() {} end) w() w() end",
    "do local c <close> = closer('c$') {} end",
    "do local c <close> = closer('c$', function() {} end) log('in scope') end",
    "do local c <close>, d <close> = nil, closer('d$') {} end",
    "do local c <close> = closer('c$', function() {} end) local d <close> = closer('d$', function() {} end) error('x$') end",
    "do local co = coroutine.create(function() local c <close> = closer('co$', function() {} end) yield(1) end) coroutine.resume(co) log(coroutine.close(co)) end",
    "for i = 1, 2 do {} if i == 1 then goto continue end log('end', i) ::continue:: end",
    "for i = 3, 1, -1 do if i == 2 then break end {} end",
    "for i = 1.0, 2 do log(i) {} end",
    "do local i = 0 while i < 2 do i = i + 1 {} end end",
    "do local i = 0 repeat i = i + 1 local done = i > 1 {} until done end",
    "do local n = 0 for k in function(_, k) n = n + 1 {} return n < 3 or nil end do log('k', k) if n > 3 then break end end end",
    "for k, v in next, { $ }, nil, closer('for$') do {} end",
    "for k, v in pairs(setmetatable({}, { __pairs = function(t) {} return next, { 5 }, nil end })) do log(k, v) end",
    "for i, v in ipairs(setmetatable({}, { __index = function(_, i) {} if i < 3 then return i end end })) do log(i, v) if i > 3 then break end end",
    "log(setmetatable({}, { __add = function(x, y) {} return 7 end }) + 1)",
    "log(2 - setmetatable({}, { __sub = function(x, y) {} return 7 end }))",
    "log(setmetatable({}, { __idiv = function(x, y) {} return 7 end }) // 2)",
    "log(setmetatable({}, { __band = function(x, y) {} return 7 end }) & 1)",
    "log(1 << setmetatable({}, { __shl = function(x, y) {} return 7 end }))",
    "log(-setmetatable({}, { __unm = function(x) {} return 7 end }))",
    "log(~setmetatable({}, { __bnot = function(x) {} return 7 end }))",
    "log(#setmetatable({}, { __len = function() {} return 7 end }))",
    "log('s' .. setmetatable({}, { __concat = function() {} return 7 end }) .. 'e')",
    "log(1 .. 2 .. setmetatable({}, { __concat = function() {} return 7 end }))",
    "log(setmetatable({}, { __eq = function() {} return 7 end }) == {})",
    "log(setmetatable({}, { __lt = function() {} return 7 end }) < 1)",
    "log(1 <= setmetatable({}, { __le = function() {} return nil end }))",
    "if not (setmetatable({}, { __lt = function() {} return 7 end }) > 1) then log('not') end",
    "log(setmetatable({}, { __index = function(t, k) {} return k end }).field)",
    "log(setmetatable({}, { __index = function(t, k) {} return k end })[$])",
    "do local t = setmetatable({}, { __newindex = function(t, k, v) {} rawset(t, k, v) end }) t.x = $ log(rawget(t, 'x')) end",
    "log(setmetatable({}, { __call = function(self, ...) {} return ... end })(1, $))",
    "log(tostring(setmetatable({}, { __tostring = function() {} return 'text $' end })))",
    "log(string.format('%s|', setmetatable({}, { __tostring = function() {} return 'text $' end })))",
    "print(setmetatable({}, { __tostring = function() {} return 'text $' end }))",
    "table.sort({ 3, 1, 2 }, function(x, y) {} return x < y end)",
    "table.sort({ setmetatable({}, { __lt = function() {} return false end }), setmetatable({}, { __lt = function() {} return false end }) })",
    "log((('ab'):gsub('.', function(c) {} return c .. '$' end)))",
    "log((('ab'):gsub('.', setmetatable({}, { __index = function(_, c) {} return c .. '$' end }))))",
    "log(table.concat(setmetatable({}, { __index = function(_, i) {} return i end, __len = function() return 2 end }), ','))",
    "log(table.unpack(setmetatable({}, { __index = function(_, i) {} return i end }), 1, 2))",
    "table.insert(setmetatable({}, { __len = function() {} return 2 end }), 'x')",
    "do local t = table.move({ 1, 2 }, 1, 2, 1, setmetatable({}, { __newindex = function(t, k, v) {} end })) end",
    "do local function f(...) {} return ... end log(f(1, $)) end",
    "do local function f(n) if n == 0 then {} return 'deep' end return f(n - 1) end log(f(5)) end",
    "do local function f(n) if n > 0 then f(n - 1) end {} end f(2) end",
    "do local t = { 0 } function t.method(x) {} end t.method(1) function t:other() {} end t:other() end",
    "do local x <const> = $ local f = function() b = b + x {} end f() end",
    "(function(...) local c <close> = closer('f$') {} return ... end)(1, 2)",
    "do return (function() {} return 'tail $' end)() end",
    "do package.preload.m$ = function(...) log(...) {} return 'module' end log(require('m$')) package.loaded.m$ = nil end",
    "do local g <close> = setmetatable({}, { __close = function() log(xpcall(function() {} end, debug.traceback)) end }) {} end",
    "do local co = coroutine.wrap(function(...) for i = 1, 2 do log(pcall(function() {} end)) yield(i) end end) log(pcall(co)) log(pcall(co)) end",
];

/// A block of statements. Nested functions get the text of theirs.
pub fn block() -> BoxedStrategy<String> {
    let statement = (select(&STATEMENTS[..]), 1..9_u8).prop_map(|(text, number)| numbered(text, number));
    let leaf = vec(statement, 1..3).prop_map(|statements| statements.join("\n"));
    leaf.prop_recursive(4, 14, 3, |inner| {
        let nested = (select(&BLOCKS[..]), 1..9_u8, inner.clone(), inner.clone())
            .prop_map(|(text, number, first, second)| filled(text, number, [&first, &second]));
        vec(prop_oneof![2 => nested, 1 => inner], 1..3).prop_map(|statements| statements.join("\n"))
    })
    .boxed()
}

fn numbered(text: &str, number: u8) -> String {
    text.replace('$', &number.to_string())
}

fn filled(text: &str, number: u8, blocks: [&str; 2]) -> String {
    let text = numbered(text, number);
    let mut pieces = text.split(" {} ");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.zip(blocks.iter().cycle()).fold(first, |text, (piece, block)| format!("{text}\n{block}\n{piece}"))
}

/// The whole program.
pub fn program(block: &str) -> String {
    format!("{PRELUDE}{block}\n")
}
