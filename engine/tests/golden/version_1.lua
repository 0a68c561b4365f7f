-- What version_1.image holds. Never changed; a later version gets files of its own.
local count = 0
function _home.next() count = count + 1; return count end
function _home.peek() return count end
_home.next()
_home.numbers = { 1, 2.5, 3.0, -0.0, math.mininteger, 1 / 0, n = 6 }
_home.bytes = "a\0b\xff\n"
_home.again, _home.same = _home.numbers, _home.bytes
_home.point = setmetatable({ x = 1 }, { __index = { y = 2 }, __add = function(a, b) return a.x + b.y end })
_home.ring = {}
_home.ring.ring = _home.ring
_home.library = { string.upper, print, string }
_home.holes = { [1] = "a", [3] = "c", [true] = false, [1.5] = "float" }
local rate <const> = 0.25
_home.tax = function(amount, ...) local function inner() return amount * rate end return inner() end
_home.made = load("local a = ... return a, x", "=made", "t", { x = "own" })
