-- load with functions that give the text: piece by piece, none, wrong ones, ones that fail or yield.
local function show(...) print(select("#", ...), ...) end
local function pieces(...) local all, at = { ... }, 0 return function() at = at + 1 return all[at] end end
show(load(pieces("return ", "1", "+1"))()) show(load(pieces("return ", "", "1"))) show(load(pieces())) show(load(pieces(""))) show(load(pieces(nil, "x")))
show(pcall(load, function() return {} end)) show(load(function() return true end)) show(load(pieces("return 1", 2)))
show(load(function() error("in the reader") end)) show(load(function() error({}) end) == nil) show(load(function() error() end)) show(load(function() local x = nil + 1 end)) show(load(function() return nil, 5 end))
show(load(function() coroutine.yield(1) end)) show(coroutine.resume(coroutine.create(function() return load(function() coroutine.yield(1) end) end)))
show(load(pieces("return ..."), "=name")(5)) show(load(pieces("x ="), "=name")) show(load(pieces("x =")))  show(load(pieces("error('e')"), "@n")) show(pcall(load(pieces("error('e')"), "@n"))) show(pcall(load(pieces("error('e')"))))
show(pcall(load, setmetatable({}, { __call = function() return nil end })))
show(load("return 1", 12)) show(load("x = =", 12)) show(load("x = =", 1.5)) show(load("return 1", "=x", 5)) show(load("return 1", "=x", "")) show(load("return 1", "=x", "x")) show(load("return 1", nil, nil, nil)())
show(load("x = =", "=a\0b")) show(load("x = =", "a\0b")) show(pcall(load("error('e')", "=a\0b"))) show(debug.getinfo(load("return 1", "=a\0b")).source) show(debug.getinfo(load("return 1", "a\0b")).source) show(debug.getinfo(load("return 1\0")or print).short_src) show(load("return 1\0"))
show(debug.getinfo(load("return 1")).source, debug.getinfo(load("return 1")).short_src) show(debug.getinfo(load("return 1", "@f.lua")).source) show(debug.getinfo(load(pieces("return 1"))).source) show(debug.getinfo(load("", "")).source, debug.getinfo(load("", "")).short_src) show(debug.getinfo(load("", "=")).short_src) show(debug.getinfo(load("", "@")).short_src)
show(load("return '\0'")() == "\0", load("return 1 -- \0 x")()) show(debug.getinfo(load("return '\0x'")).source) show(pcall(load("local a = '\0'\nerror('second')"))) show(load("\0")) show(load("return '\0")) 
show(load("return x, y", "=c", "t", { x = 1 })()) show(load("x = 1 return _ENV", "=c", "t", { y = 1 })().x) show(debug.getupvalue(load("return 1"), 1)) show(debug.getupvalue(load("return 1", "c", "t", 7), 1)) show(pcall(load("return x", "=c", "t", nil)))
show(load("#!/bin/lua\nreturn 1")) show(load("\u{FEFF}return 1")) show(load("# x")) show(load("\27Lua") == nil) show(load("return 1", "x", "b") == nil)
show(load(("x"):rep(100) .. " = =")) show(load("x = = 'a\nb'", "one\ntwo")) show(load("x = =", "=" .. ("n"):rep(100))) show(load("x = =", "@" .. ("n"):rep(100))) show(load("x = =", ("n"):rep(100)))
show(xpcall(load, function(m) return "handled " .. m end, "x = =")) show(xpcall(load, debug.traceback)) show(pcall(pcall)) show(select(2, xpcall(load, debug.traceback, {})))
