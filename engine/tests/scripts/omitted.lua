-- Values that cannot be saved become nil; everything else is restored.
_home.co = coroutine.running()
_home.list = { 1, io.open("a file", "w"), 3 }
_home.rest = "kept"
--- snapshot
print(_home.co, _home.list[1], _home.list[2], _home.list[3], _home.rest)
--[[ prints
nil	1	nil	3	kept
]]
