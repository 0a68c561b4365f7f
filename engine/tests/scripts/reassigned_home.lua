-- Another table may take the place of _home, and Memory is another name for it.
_home = { x = 1 }
--- snapshot
Memory.y = 2
print(_home.x, _home.y, Memory == _home)
--[[ prints
1	2	true
]]
