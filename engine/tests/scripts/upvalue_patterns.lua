-- Mutual recursion through locals, the private state of a class, captured loop variables, upvalues of upvalues, _ENV.
local ping, pong
function ping(n) if n == 0 then return "ping" end return pong(n - 1) end
function pong(n) if n == 0 then return "pong" end return ping(n - 1) end
_home.ping = ping
local function Stack()
  local items, size = {}, 0
  return {
    push = function(x) size = size + 1; items[size] = x end,
    pop = function() local x = items[size]; items[size] = nil; size = size - 1; return x end,
    size = function() return size end,
  }
end
_home.a, _home.b = Stack(), Stack()
_home.a.push("x")
_home.each = {}
for i, name in ipairs { "one", "two" } do
  _home.each[name] = function() i = i + 10 return i, name end
end
local outer = 1
_home.deep = function() return function() return function() outer = outer + 1 return outer end end end
_home.inner = _home.deep()()
_home.env = (function() local _ENV = { v = 5 } return { get = function() return v end, set = function(n) v = n end } end)()
--- snapshot
print(_home.ping(5), _home.ping(6))
_home.a.push("y")
print(_home.a.size(), _home.a.pop(), _home.a.pop(), _home.b.size())
print(_home.each.one(), _home.each.two())
print(_home.inner(), _home.deep()()())
_home.env.set(6)
print(_home.env.get(), v)
--- snapshot
print(_home.a.size(), _home.each.one())
print(_home.inner(), _home.env.get())
--[[ prints
pong	ping
2	y	x	0
11	12	two
2	3
6	nil
0	21	one
4	6
]]
