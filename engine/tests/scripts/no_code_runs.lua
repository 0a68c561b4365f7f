-- Capture and restore run no Lua code.
local function loud(name) return function() print("ran " .. name) end end
_home.t = setmetatable({ 1, x = 2 }, {
  __index = loud "__index", __newindex = loud "__newindex", __pairs = loud "__pairs", __len = loud "__len",
  __gc = loud "__gc", __eq = loud "__eq", __tostring = loud "__tostring", __close = loud "__close",
})
--- snapshot
print(rawlen(_home.t), rawget(_home.t, "x"))
setmetatable(_home.t, nil)
--[[ prints
1	2
]]
