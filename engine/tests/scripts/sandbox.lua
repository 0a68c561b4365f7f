-- What a program does not get, and how it is told.
print(pcall(string.dump, print))
print(pcall(io.popen, "ls"))
print(pcall(os.execute, "ls"))
print(os.execute())
print(pcall(package.loadlib, "x", "y"))
print(pcall(debug.getregistry))
print(load("\27Lua"))
print(load("return 1", "name", "b"))
print(pcall(load, nil))
print(io.open("/etc/passwd"))
print(pcall(require, "nope"))
print(package.searchpath("a.b", "./?.lua;?.txt"))
print(loadfile("nope.lua"))
print(pcall(dofile, "nope.lua"))
print(os.getenv("HOME"), os.remove("x"))
print(os.rename("x", "y"))
print(os.tmpname())
print(io.type(io.tmpfile()))
print(io.read(), io.lines()())
print(type(os.time()), type(os.clock()), type(os.date()), os.date("!%Y-%m-%d", 86400))
print(os.time { year = 2024, month = 1, day = 1, hour = 12 } - os.time { year = 2023, month = 12, day = 31, hour = 12 })
print(pcall(io.write, nil))
io.write("a", 1, 2.5, 5.0, "\n"):write("chained\n")
io.stdout:write("out\n")

-- The debug library does not reach what Lua itself trusts.
print(pcall(debug.setmetatable, io.stdout, {}))
print(debug.setupvalue(string.gmatch("a", "a"), 1, nil))
print(pcall(debug.upvaluejoin, print, 1, print, 1))
local refused = {}
for value in (function() return function(_, last) return not last or nil end end)() do
  for index = 1, 20 do
    local name = debug.getlocal(1, index)
    if name and name:find("^%(") then
      refused[#refused + 1] = tostring(debug.setlocal(1, index, value))
    end
  end
end
print(#refused > 0, table.concat(refused):find("(", 1, true))
print(("text"):gsub("t", function()
  for index = 1, 20 do
    if debug.getlocal(2, index) and debug.setlocal(2, index, false) then return "changed" end
  end
end))
for level = 1, 20 do
  local info = debug.getinfo(level, "fS")
  if info and info.what == "C" then print("a C function below the program", info.func) end
end
--[[ prints
false	string.dump is not available: functions are kept as source text, never as bytecode
false	io.popen is not available: there are no processes here
false	os.execute is not available: there are no processes here
false
false	package.loadlib is not available: there are no native libraries here
false	debug.getregistry is not available: the registry is the engine's
nil	attempt to load a binary chunk (binary chunks are not accepted)
nil	attempt to load a text chunk (mode is 'b')
false	bad argument #1 to 'load' (function expected, got nil)
nil	/etc/passwd: No such file or directory	2
false	module 'nope' not found:
	no field package.preload['nope']
	no file 'nope.lua'
	no file 'nope/init.lua'
nil	no file './a/b.lua'
	no file 'a/b.txt'
nil	cannot open nope.lua: No such file or directory
false	cannot open nope.lua: No such file or directory
nil	nil	x: No such file or directory	2
nil	No such file or directory	2
/tmp/lua_000000
file
nil
number	number	string	1970-01-02
86400
false	bad argument #1 to 'io.write' (string expected, got nil)
a12.55
chained
out
false	cannot change the metatable of a userdata

false	bad argument #2 to 'debug.upvaluejoin' (invalid upvalue index)
true	nil
text	2
a C function below the program	nil
]]
