-- Tracebacks: of functions with and without names, through coroutines and metamethods, long ones, and that of the end.
local object = {}
function object.field() print(debug.traceback("in a field")) end
function object:method() print(debug.traceback("in a method")) end
function global() print(debug.traceback("in a global")) end
local function named(f) f() end
object.field() object:method() global() named(function() print(debug.traceback("anonymous")) end)
named(global)
local function tail() return global() end tail()
setmetatable(object, { __index = function(_, k) print(debug.traceback("in __index")) return k end, __add = function() print(debug.traceback("in __add")) end, __close = function() print(debug.traceback("in __close")) end, __call = function() print(debug.traceback("in __call")) end, __tostring = function() return debug.traceback("in __tostring") end })
local _ = object.unknown _ = object + 1 object() print(tostring(object))
do local c <close> = object end
for _ in function() print(debug.traceback("in an iterator")) end do end
table.sort({ 2, 1 }, function() print(debug.traceback("in sort")) end)
print((("x"):gsub("x", function() return debug.traceback("in gsub") end)))
local co = coroutine.create(function(x) local y = x coroutine.yield(debug.traceback("in a coroutine")) error("dead") end)
print(select(2, coroutine.resume(co, 1))) print(debug.traceback(co)) print(debug.traceback(co, "message", 1)) print(coroutine.resume(co)) print(debug.traceback(co))
print(debug.traceback(co, nil)) print(debug.traceback(co, {}) ~= nil) print(debug.traceback("level 0", 0)) print(debug.traceback("level 2", 2)) print(debug.traceback("level 9", 9))
print(select(2, xpcall(function() local x = nil x.y = 1 end, debug.traceback)))
print(select(2, xpcall(function() string.rep() end, debug.traceback)))
print(select(2, xpcall(function() ("x"):bad() end, function(m) return debug.traceback(m, 2) end)))
local function deep(n) if n == 0 then return debug.traceback("deep") end local t = deep(n - 1) return t end print(deep(30))
pcall(load("print(debug.traceback('in a chunk'))", "=chunk")) pcall(load("print(debug.traceback('in a text'))"))
print(pcall(pcall, function() print(debug.traceback("in pcall in pcall")) end))
coroutine.wrap(function() coroutine.wrap(function() print(debug.traceback("wrapped twice")) end)() end)()
local function outer() local function inner() error(setmetatable({}, { __tostring = function() return "an object at the end" end })) end inner() end
outer()
