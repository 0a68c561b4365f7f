--- a generator
_home.co = coroutine.create(function(a) for i = 1, 3 do a = coroutine.yield(i, a) end return "end", a end)
--- a float loop
_home.co = coroutine.create(function() for i = 1, 2, 0.5 do coroutine.yield(i) end end)
--- a loop downwards
_home.co = coroutine.create(function() for i = 10, 1, -4 do for j = i, i + 1 do coroutine.yield(i, j) end end end)
--- deep calls
local function down(n) if n == 0 then coroutine.yield("bottom") return 0 end local below = down(n - 1) return below + 1 end
_home.co = coroutine.create(function() return down(50), (down(3)) end)
--- recursion that yields everywhere
local function permute(a, n)
  if n == 0 then coroutine.yield(table.concat(a, " ")) return end
  for i = 1, n do
    a[n], a[i] = a[i], a[n]
    permute(a, n - 1)
    a[n], a[i] = a[i], a[n]
  end
end
_home.co = coroutine.create(function() permute({ "a", "b", "c" }, 3) end)
--- a generator of a tree by wrap
local function walk(tree) if tree then walk(tree.left) coroutine.yield(tree.value) walk(tree.right) end end
local tree = { left = { left = { value = 1 }, value = 2, right = { value = 3 } }, value = 4, right = { value = 5 } }
_home.next = coroutine.wrap(walk)
_home.tree = tree
--- step
local value = _home.next(_home.tree)
_home.tree = nil
print(value)
_home.done = value == nil
--- varargs
local function f(...)
  local a, b = ...
  local got = coroutine.yield(select("#", ...), a, b)
  return got, select("#", ...), ...
end
_home.co = coroutine.create(function(...) print(f()) print(f(1)) print(f(1, nil, 3, nil)) return ..., select("#", ...) end)
--- varargs with fixed parameters in a loop
_home.co = coroutine.create(function(first, ...)
  local function g(x, y, ...) for i, v in ipairs({ ... }) do coroutine.yield(x, y, i, v, ...) end return ... end
  return g(first, 2, "a", "b"), g(1)
end)
--- tail calls
local function g(n) if n == 0 then return coroutine.yield("tail") end return coroutine.yield(n, g) and nil or n end
local function f(...) return g(...) end
_home.co = coroutine.create(function(...)
  print(f(1)) print(f(0))
  return f(0)
end)
--- a tail call of yield in a function with varargs
_home.co = coroutine.create(function(...) local x = ... local function f() return x end return coroutine.yield(f(), ...) end)
--- pcall
_home.co = coroutine.create(function()
  print(pcall(function(a) local b = coroutine.yield(a) error({ b }) end, "in pcall"))
  print(pcall(pcall, pcall, function() coroutine.yield("deep") error("deep error", 0) end))
  print(pcall(coroutine.yield, 1, 2, 3))
  print(select("#", pcall(coroutine.yield)))
  return "out"
end)
--- xpcall
local function handler(message) return "handled " .. tostring(message), "extra" end
_home.co = coroutine.create(function()
  print(xpcall(function(a, b) coroutine.yield(a, b) error("one", 0) end, handler, 1, 2))
  print(xpcall(function() return pcall(function() coroutine.yield("inner") error("two", 0) end) end, handler))
  print(xpcall(coroutine.yield, handler, "direct"))
  print(xpcall(function() coroutine.yield("x") local x = nil; return x.y end, function(m) return m:upper() end))
  print(xpcall(function() coroutine.yield("y") error("in handler") end, function(m) error(m) end))
end)
--- errors after the resume have their lines
local function broken(x)
  coroutine.yield("before")
  local y = x.field
  return y.missing
end
_home.co = coroutine.create(function()
  print(pcall(broken, { field = nil }))
  broken({ field = false })
end)
--- step
print(coroutine.resume(_home.co))
print(coroutine.status(_home.co), debug.traceback(_home.co))
_home.done = coroutine.status(_home.co) == "dead"
--- tracebacks and functions of a suspended coroutine
local function inner(a) local b = a + 1 coroutine.yield(b) return b end
local function outer(...) local c = inner(...) return c end
_home.co = coroutine.create(function() pcall(outer, 1) end)
--- step
print(debug.traceback(_home.co))
for level = 0, 4 do
  local info = debug.getinfo(_home.co, level, "Slnt")
  if info then
    print(level, info.short_src, info.currentline, info.name, info.istailcall)
    for i = 1, 3 do print(debug.getlocal(_home.co, level, i)) end
  end
end
print(coroutine.resume(_home.co))
_home.done = coroutine.status(_home.co) == "dead"
--- to-be-closed variables
local function closing(name) return setmetatable({}, { __close = function(_, e) print("close", name, e) end }) end
_home.co = coroutine.create(function()
  local a <close> = closing("a")
  do
    local b <close> = closing("b")
    local n <close> = nil
    coroutine.yield("in b")
  end
  local c <close>, d = closing("c"), 1
  for i = 1, 2 do
    local e <close> = closing("e" .. i)
    coroutine.yield("loop", i)
    if i == 1 then goto continue end
    coroutine.yield("not continued")
    ::continue::
  end
  return coroutine.yield("last"), d
end)
--- to-be-closed variables closed by an error
local function closing(name) return setmetatable({}, { __close = function(_, e) print("close", name, e) end }) end
_home.co = coroutine.create(function()
  print(pcall(function()
    local a <close> = closing("a")
    local b <close> = closing("b")
    coroutine.yield(1)
    error("oops", 0)
  end))
  local c <close> = closing("c")
  coroutine.yield(2)
  error("out", 0)
end)
--- step
print(coroutine.resume(_home.co))
if coroutine.status(_home.co) == "dead" then _home.dead = (_home.dead or 0) + 1 end
if _home.dead == 3 then print(coroutine.close(_home.co)) print(coroutine.close(_home.co)) _home.done = true end
--- a coroutine is closed
local function closing(name) return setmetatable({}, { __close = function(_, e) print("close", name, e) if name == "b" then error("in close", 0) end end }) end
_home.co = coroutine.create(function()
  local a <close> = closing("a")
  local b <close> = closing("b")
  local c <close> = closing("c")
  coroutine.yield(1)
end)
_home.dead, _home.fresh = coroutine.create(print), coroutine.create(print)
coroutine.resume(_home.dead)
--- step
if not _home.begun then
  _home.begun = true
  print(coroutine.resume(_home.co))
else
  print(coroutine.status(_home.dead), coroutine.status(_home.fresh))
  for _, name in ipairs({ "co", "dead", "fresh" }) do
    print(coroutine.close(_home[name])) print(coroutine.status(_home[name])) print(coroutine.resume(_home[name]))
  end
  _home.done = true
end
--- yields inside close
local function closing(name)
  return setmetatable({}, { __close = function(_, e) print("closing", name, e) coroutine.yield("in close " .. name) print("closed", name) end })
end
_home.co = coroutine.create(function()
  do
    local a <close> = closing("a")
    local b <close> = closing("b")
  end
  local function f(...)
    local c <close> = closing("c")
    local d <close> = closing("d")
    return "results", ...
  end
  print(f(1, 2, nil, 4))
  print((f()))
  for i = 1, 2 do
    local e <close> = closing("e")
    if i == 2 then break end
  end
  local function g() local h <close> = closing("h") return g and 1 end
  print(g())
end)
--- yields inside close while an error is handled
local function closing(name, message)
  return setmetatable({}, { __close = function(_, e)
    print("closing", name, e) coroutine.yield("in close " .. name)
    if message then error(message, 0) end
  end })
end
_home.co = coroutine.create(function()
  print(pcall(function()
    local a <close> = closing("a")
    local b <close> = closing("b", "second")
    local c <close> = closing("c")
    error("first", 0)
  end))
  print(xpcall(function(x)
    local d <close> = closing("d")
    coroutine.yield(x)
    local e <close> = closing("e")
    error("third", 0)
  end, function(m) return "handled " .. m end, "x"))
end)
--- generic for with a closing value
_home.co = coroutine.create(function()
  local closer = setmetatable({}, { __close = function() print("closed") coroutine.yield("close") end })
  local function iterator(limit, i) coroutine.yield("iterate", i) if i < limit then return i + 1, "v" end end
  for i, v in iterator, 2, 0, closer do coroutine.yield(i, v) end
  for i in iterator, 5, 0, closer do if i == 2 then break end end
end)
--- pairs, ipairs, next
_home.co = coroutine.create(function()
  for i, v in ipairs({ "a", "b" }) do coroutine.yield(i, v) end
  for k, v in pairs({ "c", "d" }) do coroutine.yield(k, v) end
  for k, v in next, { "e" } do coroutine.yield(k, v) end
  local proxy = setmetatable({}, { __pairs = function(t) coroutine.yield("pairs") return function(_, k) coroutine.yield("step") if not k then return 1, 2 end end, t, nil end })
  for k, v in pairs(proxy, "more", "arguments") do coroutine.yield(k, v) end
  local index = setmetatable({}, { __index = function(_, i) coroutine.yield("index") if i < 3 then return i * i end end })
  for i, v in function(t, i) i = i + 1 local v = t[i] if v then return i, v end end, index, 0 do coroutine.yield(i, v) end
  for _, code in utf8.codes("aé") do coroutine.yield(code) end
end)
--- gmatch
_home.co = coroutine.create(function()
  for word, n in ("one=1, two=2, three=3"):gmatch("(%w+)=(%d)") do coroutine.yield(word, n) end
  for all in ("ab"):gmatch("") do coroutine.yield(all == "") end
  for rest in ("abc"):gmatch("%a", 3) do coroutine.yield(rest) end
  for none in ("abc"):gmatch("%a", 9) do coroutine.yield(none) end
end)
_home.match = ("x1 y2 z3"):gmatch("%a%d")
--- step
print(coroutine.resume(_home.co))
print(_home.match and _home.match())
_home.done = coroutine.status(_home.co) == "dead"
--- metamethods
local mt = {}
local y = coroutine.yield
for _, name in ipairs({ "add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl", "shr", "concat" }) do
  mt["__" .. name] = function(a, b) y(name) return name .. type(a) .. type(b) end
end
for _, name in ipairs({ "unm", "len", "bnot" }) do mt["__" .. name] = function(a) y(name) return name end end
function mt.__eq() return y("eq") end
function mt.__lt(a, b) return y("lt", type(a), type(b)) end
function mt.__le(a, b) return y("le", type(a), type(b)) end
function mt.__index(_, key) y("index") return key end
function mt.__newindex(_, key, value) y("newindex", key, value) end
function mt.__call(_, ...) y("call") return ... end
local function new() return setmetatable({}, mt) end
_home.co = coroutine.create(function()
  local a, b = new(), new()
  print(a + b, a + 1, 1 + a, a - 2.5, 3 - a, a * b, a / 2, a % 3, a ^ 2, a // 2, a & 1, 1 | a, a ~ b, a << 1, 1 >> a)
  print(-a, #a, ~a)
  print(a == b, a ~= b, a < b, a <= b, a > b, a >= b, a < 1, 1 < a, a <= 1, a >= 1, a > 1, 1.5 < a)
  if a == b then print("equal") else print("not equal") end
  if a < 2 then print("less") elseif a <= 3 then print("at most") else print("more") end
  local t = {}
  while a > b and #t < 2 do t[#t + 1] = 1 end
  print(a.name, a[1], a[b] == b, a["x y"])
  a.name, a[1], a[1.5], a[300] = 1, 2, 3, 4
  a[a] = a.b.c
  print(a(1, 2, 3))
  print(select("#", a()))
  return a:method(4)
end)
--- step
local r = table.pack(coroutine.resume(_home.co, (_home.n or 0) % 3 == 0))
_home.n = (_home.n or 0) + 1
print(table.unpack(r, 1, r.n))
_home.done = coroutine.status(_home.co) == "dead"
--- le by lt
local mt = { __lt = function(a, b) return coroutine.yield(a.n, b.n) end }
local function new(n) return setmetatable({ n = n }, mt) end
_home.co = coroutine.create(function()
  local a, b = new(1), new(2)
  local r = { pcall(function() return a <= b, a >= b, a <= b end) }
  return #r
end)
--- long concatenations
local mt = { __concat = function(a, b)
  coroutine.yield("concat")
  local x = type(a) == "table" and a.s or a
  local y = type(b) == "table" and b.s or b
  return x .. "," .. y
end }
local function new(s) return setmetatable({ s = s }, mt) end
_home.co = coroutine.create(function()
  local a, b = new("A"), new("B")
  print("x" .. "y" .. a .. 1 .. 2.5 .. b .. "z")
  print(a .. b)
  print(a .. "1" .. "2" .. "3" .. "4")
  local s = "0"
  for i = 1, 3 do s = s .. a .. i end
  return s
end)
--- index functions and chains
local chain = setmetatable({}, { __index = setmetatable({}, { __index = function(_, k) return coroutine.yield("get", k) end }) })
local writes = setmetatable({}, { __newindex = setmetatable({}, { __newindex = function(_, k, v) coroutine.yield("set", k, v) end }) })
x_global = nil
_home.co = coroutine.create(function()
  local _ENV = setmetatable({ print = print }, { __index = function(_, k) return coroutine.yield("global", k) end, __newindex = function(_, k, v) coroutine.yield("set global", k, v) end })
  print(some, chain.a, chain[1])
  other = 1
  writes.x = 2
end)
--- a table constructor in the middle
_home.co = coroutine.create(function(...)
  local y = coroutine.yield
  local t = { y(1), y(2), a = y("a"), [y("key")] = y("value"), { y("inner"), ... }, y("last") }
  print(#t, t[1], t[2], t.a, t[4] or t[3][1])
  local big = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
    31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, y("after a flush"), y("more"), y("end") }
  return #big, big[50], big[51], #{ y() }
end)
--- goto loops
_home.co = coroutine.create(function()
  local i = 1
  ::top::
  do
    local j = i
    local f = function() j = j + 1 return j end
    coroutine.yield(f())
    if f() > 6 then goto out end
  end
  i = i + 1
  goto top
  ::out::
  repeat local k = i local g = function() return k end coroutine.yield(g()) i = i - 1 until k < 3
  while true do
    local w = i
    local h = function() w = w + 1 return w end
    if coroutine.yield(h()) then break end
    if i > 3 then break end
    i = i + 1
  end
end)
--- shared locals
local shared = 0
_home.co = coroutine.create(function()
  local own, fixed = 10, 5
  _home.get = function() return own, shared end
  _home.set = function(v) own = v shared = v * 2 end
  for i = 1, 3 do
    local each = i
    _home["each" .. i] = function() each = each + 1 return each end
    coroutine.yield(own, shared, each, fixed)
    own = own + 1
  end
  return own, shared
end)
--- step
print(coroutine.resume(_home.co))
print(_home.get())
_home.set(100 + (_home.n or 0))
_home.n = (_home.n or 0) + 1
for i = 1, 3 do print(_home["each" .. i] and _home["each" .. i]()) end
print(_home.get())
_home.done = coroutine.status(_home.co) == "dead"
--- parameters and recursive locals are shared too
_home.co = coroutine.create(function(a, ...)
  local function self(n) if n > 0 then coroutine.yield(n) return self(n - 1) end return a end
  _home.param = function() a = (a or 0) + 1 return a end
  local r = self(2)
  coroutine.yield(r, a, ...)
  return self(1)
end)
--- step
print(coroutine.resume(_home.co, 7, 8, 9))
print(_home.param())
_home.done = coroutine.status(_home.co) == "dead"
--- two coroutines share a local
do
  local count = 0
  local function worker(name) return coroutine.create(function() while count < 6 do count = count + 1 coroutine.yield(name, count) end end) end
  _home.a, _home.b = worker("a"), worker("b")
  _home.outer = coroutine.create(function()
    local mine = 1
    _home.inner = coroutine.create(function() while true do mine = mine * 2 coroutine.yield(mine) end end)
    while mine < 20 do coroutine.yield(mine) mine = mine + 1 end
  end)
end
--- step
for _, name in ipairs({ "a", "b", "outer", "inner" }) do print(name, coroutine.resume(_home[name])) end
_home.done = coroutine.status(_home.a) == "dead" and coroutine.status(_home.outer) == "dead"
--- producers and consumers
local function produce() return coroutine.create(function() for _, x in ipairs({ "x", "y", "z" }) do coroutine.yield(x) end end) end
local function filter(p) return coroutine.create(function()
  local n = 0
  while true do
    local ok, x = coroutine.resume(p)
    if not x then return end
    n = n + 1
    coroutine.yield(n .. x)
  end
end) end
_home.co = filter(filter(produce()))
--- a scheduler
local tasks, log = {}, {}
local function task(name, n) tasks[#tasks + 1] = coroutine.create(function() for i = 1, n do log[#log + 1] = name .. i coroutine.yield() end end) end
task("a", 2) task("b", 4) task("c", 3)
function _home.turn()
  for i = #tasks, 1, -1 do
    assert(coroutine.resume(tasks[i]))
    if coroutine.status(tasks[i]) == "dead" then table.remove(tasks, i) end
  end
  print(table.concat(log, " "))
  return #tasks == 0
end
--- step
_home.done = _home.turn()
--- coroutines as keys and in each other
_home.co = coroutine.create(function() local me = coroutine.running() coroutine.yield(_home.names[me], _home.co == me) return _home.names[me] end)
_home.names = { [_home.co] = "me" }
_home.wrapped = coroutine.wrap(function() while true do coroutine.yield(_home.names[_home.wrapped]) end end)
_home.names[_home.wrapped] = "wrapped"
--- step
print(coroutine.resume(_home.co))
print(_home.wrapped())
_home.done = coroutine.status(_home.co) == "dead"
--- wrap that fails
_home.next = coroutine.wrap(function() coroutine.yield(1) error("wrong") end)
--- step
print(pcall(_home.next))
_home.n = (_home.n or 0) + 1
_home.done = _home.n == 4
--- iterators of wrap in a coroutine
_home.co = coroutine.create(function()
  local function range(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
  for i in range(2) do for j in range(i) do coroutine.yield(i, j) end end
  for _, v in ipairs({ 1 }) do coroutine.yield(v) end
end)
--- functions in C as bodies
_home.co = coroutine.create(coroutine.yield)
_home.pcalls = coroutine.create(pcall)
--- step
print(coroutine.resume(_home.co, 1, 2))
print(coroutine.resume(_home.pcalls, coroutine.yield, "a", "b"))
_home.done = coroutine.status(_home.co) == "dead"
--- many results and arguments
_home.co = coroutine.create(function(...)
  local t = {}
  for i = 1, 200 do t[i] = i end
  local n = select("#", coroutine.yield(table.unpack(t)))
  local function f(...) coroutine.yield(select("#", ...)) return ... end
  return n, select("#", f(table.unpack(t))), (f(table.unpack(t, 100)))
end)
--- step
print(coroutine.resume(_home.co, table.unpack({}, 1, 100)))
_home.done = coroutine.status(_home.co) == "dead"
--- a coroutine made by loaded text
_home.co = coroutine.create(load("local a = ... coroutine.yield(a) local b = coroutine.yield(a + 1) return x, b", "=made", "t", { coroutine = coroutine, x = "own" }))
--- assignments to many
_home.co = coroutine.create(function()
  local y = coroutine.yield
  local t = {}
  t[y(1)], t[y(2)], t.x = y(3), y(4)
  local a, b, c = y(5), y(6)
  print(a, b, c, next(t) ~= nil)
  local s = ("%s %s"):format(y(7), y(8))
  local v = y(9) and y(10) or y(11)
  return s, v, not y(12), -(y(13) or 1)
end)
