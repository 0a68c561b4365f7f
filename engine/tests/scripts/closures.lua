-- Nested functions, loop variables, mutual recursion, const and varargs, two functions on one line.
local function is_even(n) if n == 0 then return true end return _home.is_odd(n - 1) end
local is_odd
local function even(n) if n == 0 then return true end return is_odd(n - 1) end
function is_odd(n) if n == 0 then return false end return even(n - 1) end
_home.even, _home.is_odd, _home.is_even = even, is_odd, is_even
_home.loop = {}
for i = 1, 3 do
  local doubled = i * 2
  _home.loop[i] = function() doubled = doubled + 1; return i, doubled end
end
local rate <const> = 0.25
function _home.tax(x) return x * rate end
function _home.count(...) return select("#", ...), ... end
function _home.adder(a) return function(b) return function(c) return a + b + c end end end
_home.add3 = _home.adder(1)(2)
local one, two = function() return "first" end, function() return "second" end
_home.one, _home.two = one, two
local private = { balance = 0 }
_home.account = {
  deposit = function(amount) private.balance = private.balance + amount end,
  balance = function() return private.balance end,
}
--- snapshot
print(_home.even(10), _home.even(7), _home.is_even(4))
_home.loop[1]()
print(_home.loop[1](), _home.loop[2](), _home.loop[3]())
print(_home.tax(200), _home.count(1, nil, 3))
print(_home.add3(10), _home.one(), _home.two())
_home.account.deposit(7)
print(_home.account.balance())
--[[ prints
true	false	true
1	2	3	7
50.0	3	1	nil	3
13	first	second
7
]]
