-- Files that a program makes: modes, positions, formats, errors.
local function show(...) local all = table.pack(...) for i = 1, all.n do all[i] = tostring(all[i]):gsub("0x%x+", "ADDRESS") end print(all.n, table.concat(all, " ", 1, all.n)) end
local function put(name, text) local f = assert(io.open(name, "wb")) assert(f:write(text)) assert(f:close()) end
local function get(name) local f = assert(io.open(name, "rb")) local text = f:read("a") f:close() return text end
show(io.open("a.txt")) show(io.open("a.txt", "r+")) show(io.open("a.txt/b")) show(io.open("")) show(io.open("", "w")) show(io.open("none/../a.txt") == nil)
local f = io.open("a.txt", "w") show(io.type(f), f:seek(), f:write("one\ntwo\n", 3, "\n", 4.5) == f, f:seek()) show(f:read("a")) show(f:read(0)) show(f:flush() == f, f:close()) show(io.type(f), tostring(f)) show(pcall(f.read, f)) show(pcall(f.close, f))
show(get("a.txt")) show(get("./a.txt") == get("a.txt"))
f = io.open("a.txt") show(f:seek("end")) show(f:seek("set", 4), f:read("l")) show(f:read("n", "L", "n")) show(f:read("l")) show(f:read("a"), f:read("a"), f:read(0), f:read(1)) show(f:write("x")) show(f:seek("cur", -3)) show(f:read("a")) show(f:seek("set", -1)) show(f:seek("cur", -100)) show(f:seek("end", 5)) show(f:read(1)) show(f:seek()) show(pcall(f.seek, f, "set", 1.5)) show(pcall(f.seek, f, "set", 2^70)) f:close()
-- Every mode, on a file that is there and on one that is not.
for _, mode in ipairs({ "r", "rb", "r+", "r+b", "w", "wb", "w+", "w+b", "a", "ab", "a+", "a+b" }) do
  for _, name in ipairs({ "there", "new" }) do
    os.remove("new") put("there", "abcdef")
    local f, message, number = io.open(name, mode)
    show(mode, name, f ~= nil, message, number)
    if f then
      show(f:seek()) show(f:read(2)) show(f:seek("cur", 0)) show((f:write("XY"))) show(f:flush() ~= nil) show(f:seek()) show(f:seek("set", 1)) show((f:write("Z"))) show(f:seek()) show(f:seek("set")) show(f:read("a")) show(f:seek("end")) show((f:write("!"))) show(f:close()) show(get(name))
    end
  end
end
for _, mode in ipairs({ "", "x", "rw", "r++", "+r", "rt", "br", "w+bx", "wx", "a b" }) do show(pcall(io.open, "a.txt", mode)) end
-- Gaps and bytes.
f = io.open("gap", "w+b") f:seek("set", 5) f:write("x\0\255\r\n") f:seek("set") show((f:read("a"):gsub("%c", function(c) return "\\" .. c:byte() end))) f:close() show(#get("gap"))
-- Lines.
put("lines", "first\n\nthird\r\nlast") for line in io.lines("lines") do show(line, #line) end for line in io.lines("lines", "L") do show(#line) end for a, b in io.lines("lines", 1, 2) do show(a, b) end for n in io.lines("lines", "n") do show("never", n) end show(#get("lines"))
show(pcall(io.lines, "none")) show(pcall(io.lines, "lines", "x")) show(pcall(io.lines("lines", "x"))) show(pcall(function() for _ in io.lines("lines", "z") do end end))
local next_line, _, _, closing = io.lines("lines") show(next_line(), io.type(closing)) closing:close() show(pcall(next_line)) next_line = io.lines("lines", "a") show(next_line()) show(next_line()) for _ in next_line do break end
f = io.open("lines") for line in f:lines() do show(line) end show(f:read(), io.type(f)) f:close()
next_line = io.lines("lines") while next_line() do end show(pcall(next_line))
-- Numbers.
put("numbers", " 1 -2.5 0x10 1e3 0x.8p1 nan 12abc 9999999999999999999999 - +5 .5. " .. ("1"):rep(300)) f = io.open("numbers") for _ = 1, 5 do show(f:read("n")) end show(f:read("n")) show(f:read(3)) show(f:read("n", "l")) f:close() f = io.open("numbers") f:seek("set", 44) show(f:read("n", "n", "n")) show(f:read("n")) show(f:read("n")) show(f:read("n")) show(f:read("l")) f:close()
-- Large reads and writes, over the limits of buffers.
local big = ("0123456789abcdef"):rep(5000) put("big", big) show(get("big") == big) f = io.open("big", "r+") show(#f:read(70000)) f:seek("set", 40000) f:write("<here>") f:seek("set", 39998) show(f:read(10)) f:close() show(#get("big")) show(#io.lines("big")())
-- Default files.
io.output("out") io.write("to a file", 1) show(io.output() ~= io.stdout, io.close()) show(pcall(io.write, "x")) io.output(io.stdout) io.input("out") show(io.read("a")) show(io.read("l")) show(io.read("a")) show(io.close(io.input())) show(pcall(io.read)) show(pcall(io.lines)) io.input(io.stdin) show(pcall(io.input, "none"))
f = io.open("out", "w") show(f:setvbuf("no"), f:setvbuf("full", 10), f:setvbuf("line")) f:write("x") show(get("out")) f:close()
-- Two handles on one file.
put("two", "abc") local g, h = io.open("two", "r"), io.open("two", "r+") g:setvbuf("no") show(g:read(1)) h:write("XYZ12") h:flush() show(g:read("a")) h:close() g:close() g = io.open("two") show(os.remove("two")) show(io.open("two")) show(g:read("a")) g:close()
g = io.open("two", "w") g:write("kept") show(os.rename("two", "three")) g:write(" on") g:close() show(get("three")) show(io.open("two"))
-- Removing and renaming.
put("x", "x") put("y", "y") show(os.rename("x", "y")) show(get("y")) show(io.open("x")) show(os.rename("x", "y")) show(os.rename("y", "y")) show(get("y")) show(os.rename("y", "y/z")) show(os.rename("y", "")) show(os.remove("y/z")) show(os.remove("y")) show(os.remove("y")) show(os.remove("")) show(os.rename("", "y"))
local name = os.tmpname() show(type(name), get(name)) put(name, "t") show(get(name)) show(os.remove(name)) show(io.open(name) == nil) show(os.tmpname() ~= name)
f = io.tmpfile() f:write("temporary") f:seek("set", 4) show(f:read("a")) show(f:close())
do local f <close> = io.open("closed", "w") f:write("x") end show(get("closed")) show(pcall(function() local f <close> = io.open("closed", "w") f:write("y") error("oh", 0) end)) show(get("closed"))
-- A folder.
show(io.open(".", "w")) show(io.open(".", "r+")) f = io.open(".") show(f:read("a")) show(f:read("l")) show(f:read(0)) show(f:close()) show(pcall(io.lines("."))) show(loadfile(".")) show(pcall(dofile, "."))
-- Chunks in files.
put("chunk.lua", "local a, b = ... return a, b, debug.getinfo(1, 'S').source, debug.getinfo(1, 'S').short_src") show(loadfile("chunk.lua")(1, 2)) show(loadfile("./chunk.lua")()) show(dofile("chunk.lua")) show(pcall(loadfile("chunk.lua", "t"), 3)) show(loadfile("chunk.lua", "b")) show(loadfile("chunk.lua", "bt", {}) ~= nil)
put("bad.lua", "\n\nlocal = 1") show(loadfile("bad.lua")) show(pcall(dofile, "bad.lua")) put("fails.lua", "local function f()\n  error('failed')\nend\nf()") show(pcall(dofile, "fails.lua")) show(select(2, xpcall(dofile, debug.traceback, "fails.lua"))) put("env.lua", "x = 1 return _ENV") local env = {} show(loadfile("env.lua", "t", env)() == env, env.x, x)
put("shell.lua", "#!/usr/bin/lua\nreturn debug.getinfo(1, 'l').currentline") show(dofile("shell.lua")) put("mark.lua", "\xEF\xBB\xBFreturn 'bom'") show(dofile("mark.lua")) put("both.lua", "\xEF\xBB\xBF#x\nreturn 'both'") show(dofile("both.lua")) put("part.lua", "\xEF\xBBreturn 1") show(loadfile("part.lua")) put("empty.lua", "") show(dofile("empty.lua")) put("hash.lua", "#") show(dofile("hash.lua")) put("no_end.lua", "return 5 -- x") show(dofile("no_end.lua"))
put("big.lua", "return {" .. ("'0123456789',"):rep(20000) .. "}") show(#dofile("big.lua"))
-- Modules in files.
package.path = "?.lua;?/init.lua" package.cpath = "" package.searchers[4], package.searchers[3] = nil, nil
put("m.lua", "print('loading', ...) return {name = ...}") show(select(2, require("m")), require("m").name, require("m") == require("m"), select("#", require("m"))) show(package.searchpath("m", package.path)) show(package.searchpath("none.x", package.path)) show(pcall(require, "none.x"))
put("n.lua", "return require 'm'") show(require("n") == require("m")) put("bad_module.lua", "return +") show(pcall(require, "bad_module")) put("fails_module.lua", "error('no ' .. ...)") show(pcall(require, "fails_module")) show(package.loaded.fails_module) put("nothing.lua", "") show(require("nothing")) put("off.lua", "return false") show(require("off")) show(require("off")) put("itself.lua", "package.loaded[...] = 'by itself'") show(require("itself"))
put("cycle_a.lua", "package.loaded[...] = {} package.loaded[...].b = require 'cycle_b'") put("cycle_b.lua", "return {a = require 'cycle_a'}") show(require("cycle_a").b.a == require("cycle_a"))
package.loaded.m = nil show(require("m") ~= require("n")) table.insert(package.searchers, 1, function(name) if name == "own" then return loadfile("m.lua"), "m.lua" end end) show(select(2, require("own")))
local function deep() require("fails_module") end deep()
