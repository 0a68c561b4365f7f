-- _home may be replaced by another table, and Memory is another name for it.
_home = { x = 1 }
--- snapshot
Memory.y = 2
print(_home.x, _home.y, Memory == _home)
--[[ prints
1	2	true
]]
