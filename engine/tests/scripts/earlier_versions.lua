-- Functions from an earlier version of an edited text stay unchanged.
function _home.version() return "one" end
_home.old = _home.version
--- snapshot
function _home.version() return "two" end
--- snapshot
print(_home.version(), _home.old())
--[[ prints
two	one
]]
