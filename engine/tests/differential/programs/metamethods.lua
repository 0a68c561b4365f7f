-- Every metamethod, and where it is not called.
local log = {}
local function object(name, events)
  local mt = { __name = name }
  for _, event in ipairs(events) do
    mt[event] = function(a, b) return event .. "(" .. (type(a) == "table" and "t" or tostring(a)) .. "," .. (type(b) == "table" and "t" or tostring(b)) .. ")" end
  end
  return setmetatable({}, mt)
end
local o = object("O", { "__add", "__sub", "__mul", "__div", "__mod", "__pow", "__unm", "__idiv", "__band", "__bor", "__bxor", "__shl", "__shr", "__bnot", "__concat", "__len", "__call", "__index" })
print(o + 1, 1 + o, o - 1, 2 - o, o * 1, o / 1, o % 1, o ^ 1, -o, o // 1, o & 1, 1 & o, o | 1, o ~ 1, o << 1, 1 >> o, ~o, o .. "x", "x" .. o, 1 .. o, #o, o(5), o.key, o[1])
print(o + o, o .. o, "a" .. "b" .. o .. "c" .. "d", 1.5 & o, "x" + o)
print(pcall(function() return object("P", {}) + 1 end)) print(pcall(function() return 1 .. object("P", {}) end)) print(pcall(function() return #nil end))
print(pcall(function() return 1.5 & 1 end)) print(pcall(function() return o < o end)) print(pcall(function() return object("P", {})() end))
local ordered = { __lt = function(a, b) return (a.v or a) < (b.v or b) end, __le = function(a, b) return (a.v or a) <= (b.v or b) end, __eq = function(a, b) log[#log + 1] = "eq" return a.v == b.v end }
local a, b = setmetatable({ v = 1 }, ordered), setmetatable({ v = 1 }, ordered)
print(a < b, a <= b, a > b, a >= b, a == b, a ~= b, a == 1, rawequal(a, b), a == a, #log)
print(pcall(function() return a < 5 end)) print(pcall(function() return "x" < a end))
-- __index and __newindex chains.
local base = setmetatable({ x = 1 }, { __index = function(t, k) return "dynamic " .. tostring(k) end })
local derived = setmetatable({}, { __index = base }) print(derived.x, derived.y, rawget(derived, "x"))
local sink = {} local front = setmetatable({}, { __newindex = sink }) front.a = 1 print(rawget(front, "a"), sink.a)
local cyc = {} setmetatable(cyc, { __index = cyc }) print(pcall(function() return cyc.x end))
do local a, b = {}, {} setmetatable(a, { __index = b }) setmetatable(b, { __index = a }) print(pcall(function() return a.x end)) print(pcall(function() setmetatable(a, { __newindex = b }) setmetatable(b, { __newindex = a }) a.x = 1 end)) end
print(pcall(function() return setmetatable({}, { __index = 5 }).x end)) print(setmetatable({}, { __index = "abc" }).len)
print(("x").y, ("x").len == string.len, #"x", pcall(function() ("x").y = 1 end))
-- __call chains, __tostring, __name, __metatable, __pairs, __gc order, __mode.
local c1 = setmetatable({}, { __call = function(_, ...) return "c1", ... end }) local c2 = setmetatable({}, { __call = c1 }) print(c2(1, 2) == "c1", select("#", c2(1, 2)))
print(tostring(setmetatable({}, { __tostring = function() return "T!" end })), pcall(tostring, setmetatable({}, { __tostring = function() end })), (tostring(setmetatable({}, { __name = "Named" })):gsub("0x%x+", "ADDR")))
print(getmetatable(setmetatable({}, { __metatable = false })), getmetatable("").__index == string, getmetatable(1), getmetatable(print))
for k, v in pairs(setmetatable({}, { __pairs = function(t) return function(_, k) if not k then return 1, "one" end end, t, nil end })) do print(k, v) end
local weak = setmetatable({}, { __mode = "v" }) weak[1] = {} weak.keep = log collectgarbage() print(weak[1], weak.keep == log)
do local order = {} for i = 1, 3 do setmetatable({}, { __gc = function() order[#order + 1] = i end }) end collectgarbage() print(table.concat(order, ",")) end
do local k = setmetatable({}, { __mode = "k" }) local key = {} k[key] = { key } k[{}] = 1 collectgarbage() local n = 0 for _ in pairs(k) do n = n + 1 end print(n) end
print(rawlen({ 1, 2 }), rawlen("abc"), rawget(o, "key"), rawset(setmetatable({}, { __newindex = error }), "x", 1).x)
print(pcall(setmetatable, {}, nil), pcall(rawset, {}, nil, 1), pcall(rawget, 1, 1))
-- Inheritance as it is often written.
local Animal = {} Animal.__index = Animal
function Animal.new(name) return setmetatable({ name = name }, Animal) end
function Animal:speak() return self.name .. " makes a sound" end
local Dog = setmetatable({}, { __index = Animal }) Dog.__index = Dog
function Dog.new(name) return setmetatable(Animal.new(name), Dog) end
function Dog:speak() return Animal.speak(self) .. ": woof" end
print(Dog.new("Rex"):speak(), Animal.new("Cat"):speak())
