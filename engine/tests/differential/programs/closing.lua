-- Variables to be closed, goto, scopes and loops.
local function closer(name, fails)
  return setmetatable({}, { __close = function(_, e) print("close", name, e) if fails then error(fails, 0) end end })
end
do local a <close> = closer("a") local b <close> = closer("b") print("body") end
print(pcall(function() local a <close> = closer("a") error("oh", 0) end))
print(pcall(function() local a <close> = closer("a", "ea") local b <close> = closer("b", "eb") error("oh", 0) end))
print(pcall(function() local a <close> = closer("a", "ea") return 1 end))
local function returns() local a <close> = closer("a") return "kept", 2, nil end
print(returns())
local function tail() local a <close> = closer("tail") return (returns()) end
print(tail())
for i = 1, 3 do local c <close> = closer("loop " .. i) if i == 2 then break end end
do local i = 0 while true do i = i + 1 local c <close> = closer("while " .. i) if i == 2 then goto out end end ::out:: end
do local i = 0 repeat local c <close> = closer("repeat") i = i + 1 until i == 2 end
for k in next, { 1 }, nil, closer("for") do print(k) end
print(pcall(function() for k in next, { 1 }, nil, closer("for") do error("in for", 0) end end))
print(pcall(function() for k in next, { 1 }, nil, 5 do end end))
for k in function(_, k) return not k or nil end, nil, nil, closer("early") do break end
do local a <close> = nil local b <close> = false print("nil and false") end
print(pcall(function() local x <close> = 42 end))
print(pcall(function() local t = setmetatable({}, { __close = closer }) local x <close> = t getmetatable(t).__close = nil end))
print(pcall(function() local t = setmetatable({}, { __close = 7 }) local x <close> = t end))
-- A close handler that fails gets its error to the next.
print(pcall(function()
  local a <close> = closer("outer")
  local b <close> = closer("inner", "from inner")
  local c <close> = closer("innermost", { 1 } and "from innermost")
end))
-- Closures over loop variables, and goto.
local fs = {} for i = 1, 3 do fs[i] = function() i = i + 10 return i end end print(fs[1](), fs[1](), fs[2]())
for i = 1, 3 do for j = 1, 3 do if j == 2 then goto next_i end io.write(i, ":", j, " ") end ::next_i:: end print()
do local n = 0 ::top:: n = n + 1 if n < 3 then goto top end print(n) end
do local gs = {} local i = 1 ::again:: local x = i gs[i] = function() x = x + 1 return x end i = i + 1 if i <= 2 then goto again end print(gs[1](), gs[1](), gs[2]()) end
local x <const> = 5 print((function() return x end)())
-- Varargs and adjusted results.
local function three() return 1, 2, 3 end
print(three(), (three()), ({ three(), three() })[4], #{ three(), nil }, three())
local function va(...) local a, b = ... return select("#", ...), a, b, ... end
print(va(), va(nil), va(1, nil, nil)) print((va(1, 2)))
print(pcall(select, "#", table.unpack({}, 1, 200)))
-- Recursion.
local function depth(n) return n == 0 and 0 or 1 + depth(n - 1) end print(depth(1000))
local function loop(n) if n == 0 then return "tail calls cost nothing" end return loop(n - 1) end print(loop(100000))
print(select(2, pcall(function() local function f() return 1 + f() end return f() end)):match("^[^\n]+"))
print(pcall(string.rep, "x", -1), (" "):rep(3) .. "|")
-- Integer and string keys, multiple assignment, order of evaluation.
local i, t = 1, {} i, t[i] = i + 1, 20 print(i, t[1], t[2])
local a, b, c = (function() return 1, 2 end)() print(a, b, c)
do local a, b = 1 print(a, b) a, b = b, a print(a, b) end
print(#"" == 0 and "empty" or "not", nil == false, not nil, not 0, 1 and 2, nil and 1, false or nil, nil or false)
print(1 .. 2 == "12", "a" .. 1 + 2 .. "b", 2^-3^2, -2^2, not 1 == 2, 1 < 2 == true, "abc" < "abd")
