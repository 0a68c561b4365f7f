-- The program in the README: a closure continues to count in a fresh VM.
local count = 0
function _home.next() count = count + 1; return count end
print(_home.next(), _home.next())
--- snapshot
print(_home.next())
--[[ prints
1	2
3
]]
