-- Metatables with their functions, methods, weak modes, and one that hides itself.
local Point = {}
Point.__index = Point
Point.__add = function(a, b) return setmetatable({ x = a.x + b.x }, Point) end
Point.__tostring = function(p) return "Point(" .. p.x .. ")" end
function Point:double() return self + self end
_home.p = setmetatable({ x = 2 }, Point)
_home.weak = setmetatable({}, { __mode = "k" })
_home.locked = setmetatable({}, { __metatable = "no", __index = function() return "default" end })
--- snapshot
print(tostring(_home.p:double()), _home.p + _home.p)
_home.weak[{}] = 1
collectgarbage()
print(next(_home.weak), getmetatable(_home.weak).__mode)
print(getmetatable(_home.locked), _home.locked.anything)
--[[ prints
Point(4)	Point(4)
nil	k
no	default
]]
