-- What a program cannot use, and the errors that say so.
print(io.popen, os.execute, os.exit, os.remove, os.getenv, package.loadlib, string.dump, dofile, loadfile)
print(debug.sethook, debug.getregistry, debug.setmetatable, debug.setupvalue, debug.debug)
print(load("\27Lua"))
print(load("return 1", "name", "b"))
print(pcall(load, nil))
print(io.open("/etc/passwd"))
print(pcall(require, "nope"))
print(io.read(), io.lines()())
print(type(os.time()), type(os.clock()), type(os.date()), os.date("!%Y-%m-%d", 86400))
print(os.time { year = 2024, month = 1, day = 1, hour = 12 } - os.time { year = 2023, month = 12, day = 31, hour = 12 })
print(pcall(io.write, nil))
io.write("a", 1, 2.5, "\n"):write("chained\n")
io.stdout:write("out\n")
--[[ prints
nil	nil	nil	nil	nil	nil	nil	nil	nil
nil	nil	nil	nil	nil
nil	attempt to load a binary chunk (binary chunks are not accepted)
nil	attempt to load a text chunk (mode is 'b')
false	bad argument #1 to 'load' (string expected, got no value)
nil	/etc/passwd: there are no files here	2
false	module 'nope' not found:
	no field package.preload['nope']
nil	nil
number	number	string	1970-01-02
86400
false	main.lua:12: bad argument #1 to 'write' (string expected, got nil)
a12.5
chained
out
]]
