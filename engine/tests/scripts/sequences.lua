-- The length of sequences, holes, and entries after holes.
_home.five, _home.none, _home.one_hole = { 1, 2, 3, 4, 5 }, {}, { 1, nil, 3 }
_home.far = { [1] = 1, [2] = 2, [1000000] = 3 }
_home.zero = { [0] = 0, [1] = 1, [-1] = -1 }
--- snapshot
print(#_home.five, #_home.none, _home.one_hole[1], _home.one_hole[2], _home.one_hole[3])
print(#_home.far, _home.far[1000000], #_home.zero, _home.zero[0], _home.zero[-1])
local count = 0
for _ in pairs(_home.far) do count = count + 1 end
print(count)
--[[ prints
5	0	1	nil	3
2	3	1	0	-1
3
]]
