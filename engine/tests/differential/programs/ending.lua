-- os.exit ends a program where it stands, whatever is around.
print("before")
local c <close> = setmetatable({}, { __close = function() print("never closed") end })
coroutine.wrap(function() pcall(function() xpcall(os.exit, print, true) end) print("never") end)()
print("never")
