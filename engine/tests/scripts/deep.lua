-- A linked list of a million nodes, and tables nested just as deeply.
local list
for i = 1, 1000000 do list = { i, next = list } end
_home.list = list
local nested = {}
for _ = 1, 1000000 do nested = { nested } end
_home.nested = nested
list, nested = nil, nil
--- snapshot
local n, node = 0, _home.list
while node do n, node = n + 1, node.next end
local depth, t = 0, _home.nested
while t[1] do depth, t = depth + 1, t[1] end
print(n, depth)
--[[ prints
1000000	1000000
]]
