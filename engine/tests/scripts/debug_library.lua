-- The debug library does what it does in Lua 5.4, and what it says of a function holds after a restart.
local function named(name, text) return load(text or "return 1", name) end
local function source(f) return debug.getinfo(f, "S").source, debug.getinfo(f, "S").short_src end

local function shared()
  local a, b = 1, 2
  return function() return a end, function() return b end
end
local first, second = shared()
debug.upvaluejoin(first, 1, second, 1)
print(first(), debug.upvalueid(first, 1) == debug.upvalueid(second, 1))
print(debug.setupvalue(first, 1, 5), second(), debug.setupvalue(first, 9, 5))

local function change()
  local x, y <const> = 1, 2
  local function inner() return debug.setlocal(2, 1, 42), debug.setlocal(2, 99, 1) end
  print(inner())
  return x
end
print(change())
local function varargs(...)
  print(debug.getlocal(1, -1), debug.setlocal(1, -2, "changed"))
  return ...
end
print(varargs("a", "b"))
print(pcall(debug.setlocal, 100, 1, 1))
local thread = coroutine.create(function(x) coroutine.yield() return x end)
coroutine.resume(thread, 1)
print(debug.getlocal(thread, 1, 1), debug.setlocal(thread, 1, 1, "from outside"), select(2, coroutine.resume(thread)))

debug.setmetatable(nil, { __index = function(_, key) return key end })
print((nil).anything, debug.getmetatable(nil) ~= nil)
debug.setmetatable(nil, nil)
debug.setmetatable(print, { __index = { twice = function(f, ...) f(...) f(...) end } })
print.twice(print, "called")
debug.setmetatable(print, nil)
print(pcall(function() return (nil).anything end))
print(debug.getuservalue(io.stdout), debug.getuservalue(1), debug.setuservalue(io.stdout, 1))

-- Hooks: of calls, returns, lines and counts; of other coroutines; errors in them.
local events = {}
debug.sethook(function(event, line) events[#events + 1] = event .. (line and ":" .. line or "") end, "crl")
local _ = math.abs(-1)
local hook, mask, count = debug.gethook()
debug.sethook()
print(table.concat(events, " "))
print(type(hook), mask, count, debug.gethook())
local steps = 0
debug.sethook(function() steps = steps + 1 end, "", 100)
for _ = 1, 1000 do end
debug.sethook()
print(steps >= 10 and steps < 100)
debug.sethook(function() error("out of steps", 0) end, "", 1000)
print(pcall(function() while true do end end))
debug.sethook()
local lines = {}
local hooked = coroutine.create(function()
  local x = 1
  coroutine.yield()
  x = 2
end)
debug.sethook(hooked, function(_, line) lines[#lines + 1] = line end, "l")
coroutine.resume(hooked)
coroutine.resume(hooked)
print(#lines, debug.gethook(hooked) ~= nil, debug.gethook())
print(pcall(debug.sethook, 1, "l"), pcall(debug.getinfo, 1, ">S"), pcall(debug.getinfo, 1, "x"))

for _, name in ipairs { "@file.lua", "=stdin", "name", 7 } do print(source(named(name))) end
print(source(load("return 1")))
print(source(load("local x = 1\nreturn x")))
print(source(function() end))
print(source(print))
_home.made = {
  named("@file.lua"), named("=stdin"), named("name"), named(7), load("return 1"),
  load("local first = 1\nreturn first"), function() end, load(""), load(function() return nil end),
  load("return function() return debug.traceback('trace') end", ("x"):rep(100))(),
}
for _, f in ipairs(_home.made) do print(source(f)) end
print((_home.made[10]():gsub("\n.*", "")))
--- snapshot
for _, f in ipairs(_home.made) do print(debug.getinfo(f, "S").source, debug.getinfo(f, "S").short_src) end
print(_home.made[1](), _home.made[6](), pcall(_home.made[8]))
--[[ prints
2	true
a	5
x	nil
42
(vararg)	(vararg)
a	changed
false	bad argument #1 to 'debug.setlocal' (level out of range)
x	x	from outside
anything	true
called
called
false	main.lua:37: attempt to index a nil value
nil	nil	nil
return line:43 call return line:44 call return line:45 call
function	crl	0	nil
true
false	out of steps
4	true	nil
false	false	false	bad argument #2 to 'debug.getinfo' (invalid option)
@file.lua	file.lua
=stdin	stdin
name	[string "name"]
7	[string "7"]
return 1	[string "return 1"]
local x = 1
return x	[string "local x = 1..."]
@main.lua	main.lua
=[C]	[C]
@file.lua	file.lua
=stdin	stdin
name	[string "name"]
7	[string "7"]
return 1	[string "return 1"]
local first = 1
return first	[string "local first = 1..."]
@main.lua	main.lua
	[string ""]
=(load)	(load)
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx	[string "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."]
trace
@file.lua	file.lua
=stdin	stdin
name	[string "name"]
7	[string "7"]
return 1	[string "return 1"]
local first = 1
return first	[string "local first = 1..."]
@main.lua	main.lua
	[string ""]
=(load)	(load)
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...	[string "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."]
1	1	true
]]
