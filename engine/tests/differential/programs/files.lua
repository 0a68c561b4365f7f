-- The standard files: what is read and written, in all formats, and what they say of themselves.
local function show(...) local all = table.pack(...) for i = 1, all.n do all[i] = tostring(all[i]):gsub("0x%x+", "ADDRESS") end print(all.n, table.concat(all, " ", 1, all.n)) end
show(io.type(io.stdin), io.type(io.stdout), io.type(io.stderr), io.type(1), io.type({}), pcall(io.type))
show(io.stdin, io.stdout, io.stderr) show(io.stdin == io.input(), io.stdout == io.output(), io.stdin == io.stdout, rawequal(io.input(), io.stdin))
show(getmetatable(io.stdin).__name, type(getmetatable(io.stdin).__index), getmetatable(io.stdin) == getmetatable(io.stdout))
for _, name in ipairs({ "close", "flush", "lines", "read", "seek", "setvbuf", "write" }) do show(name, type(io.stdout[name])) end
for _, name in ipairs({ "__gc", "__close", "__tostring", "__index", "__name" }) do show(name, type(getmetatable(io.stdout)[name])) end
-- Writing.
show(io.write("a", 1, 2.5, -0.0, 1e100, "\n") == io.stdout) show(io.stdout:write("chained "):write("writes\n") == io.stdout) show(io.write())
show(pcall(io.write, nil)) show(pcall(io.write, "partly written ", {})) show(pcall(io.write, true)) show(pcall(io.stdout.write)) show(pcall(io.stdout.write, 1)) show(pcall(io.stdout.write, {}, "x"))
show(pcall(io.stdout.write, io.stdout, print)) show(pcall(function() io.stdout:write("ok\n", nil) end)) show(pcall(function() io.write(io) end))
io.output():write("x\n") show(io.output(io.stdout) == io.stdout) show(io.type(io.output())) show(io.flush() == io.stdout, io.stdout:flush() == io.stdout)
show(io.stdout:setvbuf("no"), io.stdout:setvbuf("full", 1024), io.stdout:setvbuf("line")) show(pcall(io.stdout.setvbuf, io.stdout, "bad")) show(pcall(io.stdout.setvbuf, io.stdout))
show(pcall(io.stdout.seek, io.stdout, "bad")) show(pcall(io.stdout.seek, io.stdout, "set", "x")) show(pcall(io.stdout.seek, io.stdout, "set", 1.5))
-- Reading.
show(pcall(io.read, "x")) show(pcall(io.read, "*x")) show(pcall(io.read, {})) show(pcall(io.read, -1)) show(pcall(io.read, 1.5)) show(pcall(io.read, "")) show(pcall(io.stdin.read)) show(pcall(io.stdin.read, 5))
show(io.read(0)) show(io.read(3, 2)) show(io.read("l")) show(io.read("n", "n", "n")) show(io.read("n")) show(io.read("L")) show(io.read("l")) show(io.read(0), io.read("a"), io.read("a"), io.read(0), io.read("l"), io.read("L"), io.read("n"), io.read(5))
show(io.read("l", "a", "n")) show(io.read("a", "l"))
for line in io.lines() do show("never", line) end for line in io.stdin:lines("L") do show("never", line) end
show(pcall(io.lines, nil, "x")) show(pcall(io.stdin.lines, io.stdin, "z")) show(pcall(io.stdin:lines("z"))) show(pcall(io.lines, {})) show(pcall(io.lines, "/no/such/file"))
-- Files that are not there.
show(io.open("/no/such/file")) show(io.open("/no/such/file", "rb")) show(pcall(io.open, "x", "bad")) show(pcall(io.open)) show(pcall(io.open, {})) show(pcall(io.open, "x", "rw")) show(pcall(io.open, "x", "r+bb"))
show(pcall(io.input, "/no/such/file")) show(pcall(io.output, "/no/such/file")) show(pcall(io.input, {})) show(pcall(io.lines, "/no/such/file", "a"))
show(pcall(dofile, "/no/such/file")) show(loadfile("/no/such/file")) show(os.remove("/no/such/file")) show(os.rename("/no/such/file", "/nor/this")) show(pcall(os.remove)) show(pcall(os.rename, "x"))
show(pcall(io.close, {})) show(pcall(io.stdout.close)) show(pcall(io.lines, 1, 2, 3) == false)
show(pcall(function() local f <close> = io.stdout end))
show(pcall(io.read, table.unpack({}, 1, 300))) show(pcall(function() io.stdin.unknown.x = 1 end)) show(pcall(function() return io.stdin + 1 end)) show(pcall(function() return #io.stdin end)) show(pcall(function() io.stdin.x = 1 end))
