-- warn: off at first, control messages, pieces.
warn("not shown") warn("@on") warn("shown") warn("in ", "two ", "pieces") warn("@off") warn("not shown") warn("@on") warn("@unknown") warn("@on", "x") warn("") warn("a\nb") warn(1, 2.5)
print(pcall(warn)) print(pcall(warn, nil)) print(pcall(warn, "x", {})) print(select("#", warn("y")))
setmetatable({}, { __gc = function() error("in gc") end }) collectgarbage() collectgarbage() setmetatable({}, { __gc = function() error({}) end }) collectgarbage() setmetatable({}, { __gc = 5 }) collectgarbage()
coroutine.wrap(function() warn("from a coroutine") end)() warn("@off")
