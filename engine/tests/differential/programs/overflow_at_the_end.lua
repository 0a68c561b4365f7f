-- The traceback of a program that runs out of stack.
local function endless(n) return 1 + endless(n + 1) end
print(select("#", pcall(endless, 1)))
return 1, 2.5, -0.0, "text\n", nil, true, {}, print, 1 << 62, endless(1)
