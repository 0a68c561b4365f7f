-- Coroutines: what goes in and out, states, wrapping, closing, errors, yields through everything.
local function show(...) print(select("#", ...), ...) end
for value in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do print(value) end
local co = coroutine.create(function(...)
  show(...)
  show(coroutine.yield(1, nil, 3))
  show(coroutine.yield())
  return "end", nil
end)
print(coroutine.status(co))
show(coroutine.resume(co, "a", nil))
print(coroutine.status(co), coroutine.isyieldable(co))
show(coroutine.resume(co, "b"))
show(coroutine.resume(co))
print(coroutine.status(co))
show(coroutine.resume(co))
show(coroutine.close(co))
show(pcall(coroutine.resume, 1))
show(pcall(coroutine.wrap(function() error("in wrap") end)))
show(pcall(coroutine.wrap(function() error({}) end)))
show(pcall(coroutine.close, coroutine.running()))
show(coroutine.resume(coroutine.running()))
show(coroutine.status(coroutine.running()), coroutine.isyieldable())
-- A coroutine that resumes the one that resumed it.
local outer
outer = coroutine.create(function()
  local inner = coroutine.create(function()
    print(coroutine.status(outer))
    show(coroutine.resume(outer))
    show(pcall(coroutine.close, outer))
  end)
  coroutine.resume(inner)
end)
coroutine.resume(outer)
-- Yields cross pcall, xpcall, metamethods, iterators, close, table.sort and gsub as far as they do.
local function crossing(name, body)
  local thread = coroutine.create(body)
  local results = {}
  for round = 1, 10 do
    local all = table.pack(coroutine.resume(thread, round))
    for i = 1, all.n do all[i] = tostring(all[i]) end
    results[#results + 1] = table.concat(all, " ")
    if coroutine.status(thread) == "dead" then break end
  end
  print(name, table.concat(results, " | "))
end
local yield = coroutine.yield
crossing("pcall", function() return pcall(function() return yield(1), yield(2) end) end)
crossing("pcall error", function() return pcall(function() yield(1) error("late") end) end)
crossing("pcall in pcall", function() return pcall(pcall, function() yield(1) error("late", 0) end) end)
crossing("xpcall", function() return xpcall(function(...) yield(...) error("x") end, function(m) return "handled " .. m end, 7, 8) end)
crossing("pcall yield", function() return pcall(yield, 1, 2) end)
crossing("index", function() return setmetatable({}, { __index = function(_, k) return yield(k) end }).key end)
crossing("newindex", function() setmetatable({}, { __newindex = function(_, k, v) yield(k, v) end }).key = 5 end)
crossing("call", function() return setmetatable({}, { __call = function(_, ...) return yield(...) end })(1, 2) end)
crossing("eq", function() return setmetatable({}, { __eq = function() return yield("eq") end }) == {} end)
crossing("lt", function() return setmetatable({}, { __lt = function() return yield("lt") end }) < 1 end)
crossing("le", function() if 1 <= setmetatable({}, { __le = function() return yield("le") end }) then return "yes" end end)
crossing("concat", function() return "a" .. setmetatable({}, { __concat = function() return yield("concat") end }) .. "b" end)
crossing("len", function() return #setmetatable({}, { __len = function() return yield("len") end }) end)
crossing("close", function() do local c <close> = setmetatable({}, { __close = function() yield("close") end }) end return "after" end)
crossing("close error", function() local c <close> = setmetatable({}, { __close = function(_, e) yield(e) end }) error("oh", 0) end)
crossing("close return", function() local c <close> = setmetatable({}, { __close = function() yield("c") end }) return 1, 2, 3 end)
crossing("for", function() for i in function(_, i) i = (i or 0) + 1 yield(i) return i < 3 and i or nil end do end end)
crossing("sort", function() table.sort({ 3, 2, 1 }, function(a, b) yield() return a < b end) end)
crossing("gsub", function() return ("ab"):gsub(".", function(c) return yield(c) end) end)
crossing("tostring", function() return tostring(setmetatable({}, { __tostring = function() return yield("s") end })) end)
crossing("wrap in wrap", function() local w = coroutine.wrap(function() yield(1) yield(2) end) yield(w()) yield(w()) end)
crossing("ipairs", function() local n = 0 for _, v in ipairs(setmetatable({}, { __index = function(_, i) yield(i) if i < 3 then return i end end })) do n = n + v end return n end)
crossing("pairs", function() for k, v in pairs(setmetatable({}, { __pairs = function(t) yield("p") return next, { 9 } end })) do return k, v end end)
crossing("insert", function() table.insert(setmetatable({}, { __newindex = function(_, k, v) yield(k, v) end }), 1) end)
-- Closing one that waits.
local waiting = coroutine.create(function()
  local a <close> = setmetatable({}, { __close = function(_, e) print("a", e) error("from a", 0) end })
  local b <close> = setmetatable({}, { __close = function(_, e) print("b", e) error("from b", 0) end })
  yield("waiting")
end)
show(coroutine.resume(waiting))
show(coroutine.close(waiting))
print(coroutine.status(waiting))
show(coroutine.close(waiting))
-- Deep recursion of coroutines ends in an error, which can be caught.
local function deep() return coroutine.wrap(deep)() end
print(select(2, pcall(deep)))
