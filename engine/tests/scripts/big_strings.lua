-- Strings of 50 MB with arbitrary bytes, referenced twice, and one as a key.
local big = ("\0\xff\r\nab"):rep(50 * 1024 * 1024 // 6)
_home.big, _home.again = big, big
_home.keyed = { [("k"):rep(1000)] = "long key" }
--- snapshot
print(#_home.big, _home.big == _home.again, _home.big:sub(1, 6) == "\0\xff\r\nab", _home.big:sub(-2))
print(_home.keyed[("k"):rep(1000)])
--[[ prints
52428798	true	true	ab
long key
]]
