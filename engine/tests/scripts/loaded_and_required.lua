-- Functions created by load, by a required module, and by earlier versions of an edited file.
package.preload.shapes = load("local n = 0 return { next = function() n = n + 1 return n end }", "@shapes.lua")
_home.shapes = require("shapes")
_home.shapes.next()
_home.made = load("local a <const> = 7 return function(...) return a, select('#', ...), ... end", "=made")()
_home.plain = load("return ...")
_home.version = function() return "first" end
--- snapshot
local old = _home.version
_home.versions = { old, function() return "second" end }
--- snapshot
print(_home.shapes.next(), _home.made(nil, 2), _home.plain("x"))
print(_home.versions[1](), _home.versions[2](), _home.version == _home.versions[1])
print(pcall(function() _home.shapes.fail() end))
--[[ prints
2	7	x
first	second	true
false	main.lua:3: attempt to call a nil value (field 'fail')
]]
