-- Functions with their own table as _ENV, functions created by load, the globals table, the library.
local env = { y = 5 }
_home.get_y = load("return y", "=chunk", "t", env)
_home.set_y = load("y = ...", "=chunk", "t", env)
do
  local _ENV = { value = 1 }
  function get_value() value = value + 1; return value end
  getter = get_value
  _G_getter = get_value
end
_home.upper, _home.G, _home.lib = string.upper, _G, string
_home.meta = getmetatable("")
local _ENV <const> = setmetatable({ hidden = 42 }, { __index = _G })
_home.hidden = function() return hidden end
--- snapshot
_home.set_y(6)
print(_home.get_y(), _home.upper("abc"), _home.G == _G, _home.lib == string)
print(_home.meta == getmetatable(""), _home.hidden())
--[[ prints
6	ABC	true	true
true	42
]]
