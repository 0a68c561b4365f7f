-- The table library, with and without metamethods.
local function try(f, ...) print(pcall(f, ...)) end
local function list(t) local out = {} for i = 1, #t do out[i] = tostring(t[i]) end return table.concat(out, ",") end
local t = { 1, 2, 3 }
table.insert(t, 4) table.insert(t, 1, 0) table.insert(t, #t + 1, 5)
print(list(t), table.remove(t), table.remove(t, 1), table.remove(t, #t + 1), table.remove({}), table.remove({}, 0), list(t))
try(table.insert, t, 10, 1) try(table.insert, t, 0, 1) try(table.insert, t) try(table.insert, t, 1, 2, 3) try(table.insert, t, "x", 1) try(table.insert, t, 1.5, 1)
try(table.remove, t, 10) try(table.remove, t, -1) try(table.remove, {}, 1) try(table.remove, {}, 2) try(table.remove, nil)
print(table.concat({ 1, 2, 3 }), table.concat({ 1, 2, 3 }, ", "), table.concat({ 1, 2, 3 }, ",", 2), table.concat({ 1, 2, 3 }, ",", 2, 3), table.concat({}, ","), table.concat({ 1 }, ",", 2), table.concat({ 1.5, "x", 2^53 }, 0))
try(table.concat, { 1, {}, 3 }) try(table.concat, { 1, nil, 3 }, "", 1, 3) try(table.concat, { 1 }, {}) try(table.concat, { true })
print(table.unpack({ 1, 2, 3 }), table.unpack({ 1, 2, 3 }, 2), table.unpack({ 1, 2, 3 }, 2, 5), table.unpack({}, 1, 0), (table.unpack({ 1, 2 })), select("#", table.unpack({}, 1, 3)))
try(table.unpack, {}, 1, 1e7) try(table.unpack, {}, math.mininteger, math.maxinteger) try(table.unpack, {}, 0, math.maxinteger) try(table.unpack)
local p = table.pack(1, nil, 3) print(p.n, p[1], p[2], p[3], table.pack().n)
print(list(table.move({ 1, 2, 3 }, 1, 3, 2)), list(table.move({ 1, 2, 3 }, 2, 3, 1)), list(table.move({ 1, 2, 3 }, 1, 3, 1, {})), list(table.move({ 1, 2, 3 }, 1, 0, 5)))
try(table.move, {}, 1, math.maxinteger, 2) try(table.move, {}, -1, math.maxinteger, 2) try(table.move, {}, 1, 2) try(table.move, {}, 1, 2, 3, 4)
local s = { 5, 2, 8, 1, 9, 3 }
table.sort(s) print(list(s)) table.sort(s, function(a, b) return a > b end) print(list(s))
local words = { "banana", "apple", "Cherry", "date" } table.sort(words) print(list(words)) table.sort(words, function(a, b) return a:lower() < b:lower() end) print(list(words))
try(table.sort, { 1, "x", 2 }) try(table.sort, { 3, 2, 1 }, 5) try(table.sort, { {}, {} }) try(table.sort, { 1, 2, nil, 4 }) try(table.sort, nil)
try(table.sort, { 1, 2, 3, 4, 5 }, function() return true end)
do local big = {} for i = 1, 300 do big[i] = (i * 7919) % 1009 end table.sort(big) local ok = true for i = 2, #big do ok = ok and big[i - 1] <= big[i] end print(ok, big[1], big[300]) end
-- Proxies.
local function proxy(store)
  return setmetatable({}, {
    __index = function(_, k) io.write("get ", tostring(k), "; ") return store[k] end,
    __newindex = function(_, k, v) io.write("set ", tostring(k), "=", tostring(v), "; ") store[k] = v end,
    __len = function() io.write("len; ") return #store end,
  })
end
table.insert(proxy { 1, 2 }, 3) print()
table.insert(proxy { 1, 2 }, 1, 0) print()
print(table.remove(proxy { 1, 2, 3 }))
print(table.remove(proxy { 1, 2, 3 }, 1))
print(table.concat(proxy { 1, 2, 3 }, "-"))
print(table.unpack(proxy { 1, 2, 3 }))
table.sort(proxy { 3, 1, 2 }) print()
table.move(proxy { 1, 2 }, 1, 2, 3) print()
for i, v in ipairs(proxy { "a", "b" }) do io.write(i, "=", v, " ") end print()
print(#proxy { 1, 2 }, rawlen(proxy { 1, 2 }), next(proxy { 1 }), rawget(proxy { 1 }, 1))
try(table.insert, setmetatable({}, { __len = function() return "x" end }), 1)
try(table.insert, setmetatable({}, { __len = function() return 2.0 end }), 1)
try(table.insert, setmetatable({}, { __len = function() return 2.5 end }), 1)
try(table.insert, setmetatable({}, { __len = function() return math.maxinteger end }), 1)
-- next, pairs and changes meanwhile.
local keys = {} for k in pairs({ a = 1, b = 2, 10, 20, [2.5] = 1, [true] = 1 }) do keys[#keys + 1] = tostring(k) end table.sort(keys) print(list(keys))
local cleared = { a = 1, b = 2, c = 3, 1, 2, 3 } for k in pairs(cleared) do cleared[k] = nil end print(next(cleared))
try(next, {}, 1) try(next, {}, nil) try(next) try(next, { 1, 2 }, 2) try(pairs) try(ipairs, nil) try(pairs, 5)
print(rawequal(t, t), rawequal("a", "a"), rawequal({}, {}), rawequal(1, 1.0), rawget({ 5 }, 1.0), rawset({}, 1, 2)[1], #{ 1, 2, nil }, #{ n = 1 }, #"abc")
print(({ 10, 20, 30 })[2.0], ({ [2^53] = "x" })[2^53 | 0], ({ [1] = "int", [1.5] = "float" })[1.5], ({ [-0.0] = "zero" })[0])
print(select("#"), select("#", nil, nil), select(2, "a", "b", "c"), select(-1, "a", "b"), (select(2, "a", "b", "c")))
try(select, 0) try(select, -2, 1) try(select, "x") try(select)
