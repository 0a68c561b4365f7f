local function fails(...) print(select(2, pcall(...))) end
local inner = { 1, 2, 3 }
local n = 1
_home.t = setmetatable({ list = inner, x = 1, f = 1.0 }, { __index = { y = 2 }, __newindex = function() error("metamethod") end, __gc = nil })
_home[inner] = "as a key"
function _home.f() n = n + 1 return n, inner end
local home, t, f, meta = _home, _home.t, _home.f, getmetatable(_home.t)

print(ext.transaction(function(a, b) _home.x = a return b, nil, a end, 1, 2))
fails(ext.transaction, function()
  _home.x = 5
  _home.f()
  rawset(t, "new", true)
  t.list, t.f = nil, 1
  inner[4], inner[1] = 4, nil
  meta.__index = nil
  setmetatable(t, nil)
  debug.setupvalue(f, 1, "other")
  _home.f = nil
  _home = {}
  error("undone")
end)
print(home == _home, t == _home.t, f == _home.f, getmetatable(t) == meta, meta.__index.y, t.y)
print(_home.x, n, #inner, inner[1], inner[4], t.list == inner, rawget(t, "new"), t.f, _home[inner])
print(select(2, _home.f()) == inner, n)
fails(ext.transaction, function()
  local value = 7
  debug.upvaluejoin(f, 1, function() return value end, 1)
  error('joined', 0)
end)
print((f()))

print("savepoints")
ext.transaction(function()
  _home.x = 2
  fails(ext.transaction, function() _home.x = 3 error("inner", 0) end)
  print(_home.x)
  _home.z = _home.x
end)
fails(ext.transaction, function()
  ext.transaction(function() _home.x = 9 end)
  print(_home.x)
  error("outer", 0)
end)
print(_home.x, _home.z)

print("coroutines")
local co = coroutine.wrap(function()
  _home.before = 1
  ext.transaction(function() _home.x = 10 coroutine.yield() end)
end)
fails(co)
print(_home.x, _home.before)
local outside = coroutine.wrap(function() while true do _home.x = _home.x + 1 coroutine.yield() end end)
outside()
fails(ext.transaction, function() outside() print(_home.x) error("back", 0) end)
outside()
print(_home.x)
fails(ext.transaction, 5)
fails(ext.transaction, function() coroutine.yield() end)

print("collections")
local c = ext.collection("c", { indexes = { "n", { "u", unique = true } } })
c:put_all({ { id = 1, n = 1, u = 1 }, { id = 2, n = 2, u = 2 } })
fails(ext.transaction, function()
  c:put({ id = 3, n = 3, u = 3 })
  c:delete(1)
  c:update(2, { n = 9 })
  print(c:where("n", ">", 0):count(), c:where("n", "=", 9):count())
  error("undo", 0)
end)
print(c:where("n", ">", 0):count(), c:where("n", "=", 9):count(), c:where("n", "=", 1):first().id, #c:check())
c:put({ id = 4, u = 3 })
print(#c)
local closes = setmetatable({}, { __close = function() _home.closed = true end })
fails(ext.transaction, function() local x <close> = closes error("closing", 0) end)
print(_home.closed)
fails(ext.transaction, function() local function deep() return 1 + deep() end _home.deep = true deep() end)
print(_home.deep)
local hooks = 0
debug.sethook(function() hooks = hooks + 1 _home.hooked = hooks end, "", 1)
pcall(ext.transaction, function() error("hooked") end)
debug.sethook()
print(_home.hooked)
--[[ prints
2	nil	1
main.lua:21: undone
true	true	true	true	2	2
1	1	3	1	nil	true	nil	1.0	as a key
true	2
joined
3
savepoints
inner
2
9
outer
2	2
coroutines
main.lua:50: cannot yield inside a transaction or an update: it ends before its coroutine yields
2	1
4
back
4
main.lua:1: ext.transaction takes a function, not 5
attempt to yield from outside a coroutine
collections
2	1
undo
2	0	1	0
3
closing
nil
main.lua:78: stack overflow
nil
40
]]
