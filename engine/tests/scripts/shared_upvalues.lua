-- Two closures that share a local, and a third with its own.
local n = 0
function _home.up() n = n + 1 end
function _home.get() return n end
local m = 10
_home.other = function() m = m + 1; return m end
_home.up()
--- snapshot
_home.up()
print(_home.get(), _home.other(), _home.other())
--- snapshot
_home.up()
print(_home.get(), _home.other())
--[[ prints
2	11	12
3	13
]]
