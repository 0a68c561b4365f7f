-- load, environments, and functions of functions.
print(load("return 1 + 1")(), load("return ...", "c", "t")(7), load(function() return nil end))
local pieces = { "return ", "1", " + ", "2" } local n = 0
print(load(function() n = n + 1 return pieces[n] end)())
print(load("x = 1", "=c", "t", setmetatable({}, { __newindex = function(_, k, v) print("set", k, v) end }))())
print(load("local a <const> = 5; return function() return a end")()())
print(load("return _ENV", "=c", "t", 5)(), pcall(load("return x", "=c", "t", 5)))
print(pcall(load("error('in chunk')", "=chunk"))) print(pcall(load("error('in chunk')", "@file.lua"))) print(pcall(load("error('in chunk')")))
print(pcall(load("\n\nerror('third line')", "=chunk"))) print(pcall(load("error('in chunk')", "a name\nof two lines")))
print(load("\27Lua", "=binary")) print(load("return 1", "=c", "b")) print(select("#", load("return 1", "=c", "bt")))
print(debug.traceback("message"):match("^[^\n]*\n[^\n]*"), debug.traceback({}) ~= nil, debug.traceback(nil), debug.traceback(12))
print(debug.getinfo(1, "l").currentline, debug.getinfo(print).what, debug.getinfo(print).short_src, debug.getinfo(1, "S").short_src, debug.getinfo(1, "S").what)
local function f(a, b, ...) local c = 1 return debug.getinfo(1, "nSlut") end
local info = f() print(info.name, info.namewhat, info.linedefined, info.lastlinedefined, info.nups, info.nparams, info.isvararg, info.istailcall, info.currentline)
local object = { method = function() return debug.getinfo(1, "n") end } info = object.method() print(info.name, info.namewhat) info = object:method() print(info.name, info.namewhat)
local up1, up2 = 1, 2 local function g() return up1, up2 end print(debug.getupvalue(g, 1), debug.getupvalue(g, 2), debug.getupvalue(g, 3), debug.upvalueid(g, 1) ~= debug.upvalueid(g, 2))
local function locals(a, b) local c = a + b do local d = 4 end return debug.getlocal(1, 1), debug.getlocal(1, 2), debug.getlocal(1, 3), debug.getlocal(1, 4) end print(locals(1, 2))
print(debug.getlocal(f, 1), debug.getlocal(f, 2), debug.getlocal(f, 3))
print(_VERSION, _G._G == _G, type(_ENV), rawequal(_ENV, _G))
do local _ENV = { print = print } x = 5 print(x, _ENV.x) end
print(next({}), type(next), select("#", nil), type(nil), pcall(type))
print(tostring(1e15), tostring(-0.0), tostring(1/0), tostring(true), tostring(nil), (tostring(print):gsub("0x%x+", "ADDR"):gsub("builtin: ", "")))
print(collectgarbage("count") > 0, collectgarbage(), collectgarbage("step"), collectgarbage("isrunning"), collectgarbage("incremental"), collectgarbage("generational"), collectgarbage("incremental"), pcall(collectgarbage, "nope"))
print(require("string") == string, package.loaded.math == math, package.loaded._G == _G, pcall(require, 5 and {}))
package.preload.mine = function(...) print(...) return { v = 1 } end
print(require("mine").v, require("mine") == package.loaded.mine, select(2, require("mine")))
package.preload.none = function() end print(require("none"), package.loaded.none)
package.preload.bad = function() error("cannot load") end print(pcall(require, "bad"))
