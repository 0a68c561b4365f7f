-- Where a coroutine can yield, and how errors pass there. Real Lua 5.4 prints the same.
local yield, wrap, create, resume, status = coroutine.yield, coroutine.wrap, coroutine.create, coroutine.resume, coroutine.status

-- Resumes until the end, with 1, 2, 3...; tells each step.
local function drive(name, body, ...)
  local thread, steps = create(body), {}
  local results = table.pack(resume(thread, ...))
  local count = 0
  while true do
    local texts = {}
    for index = 1, results.n do texts[index] = tostring(results[index]) end
    steps[#steps + 1] = table.concat(texts, ",")
    if status(thread) == "dead" or count > 20 then break end
    count = count + 1
    results = table.pack(resume(thread, count))
  end
  print(name, table.concat(steps, " | "))
end

-- Ways to call a function that may yield, each with its results.
local ways = {
  plain = function(f, ...) return f(...) end,
  pcall = function(f, ...) return pcall(f, ...) end,
  xpcall = function(f, ...) return xpcall(f, function(e) return "handled " .. tostring(e) end, ...) end,
  close = function(f, ...)
    local guard <close> = setmetatable({}, { __close = function(_, e) yield("closing " .. tostring(e)) end })
    return f(...)
  end,
  index = function(f, ...)
    return setmetatable({}, { __index = function(_, key) return f(key) end })[(...)]
  end,
  newindex = function(f, ...)
    local stored
    local t = setmetatable({}, { __newindex = function(_, _, value) stored = f(value) end })
    t.key = ...
    return stored
  end,
  call = function(f, ...) return setmetatable({}, { __call = function(_, ...) return f(...) end })(...) end,
  add = function(f, ...) return setmetatable({}, { __add = function(_, value) return f(value) end }) + ... end,
  concat = function(f, ...) return setmetatable({}, { __concat = function(_, value) return f(value) end }) .. ... end,
  len = function(f) return #setmetatable({}, { __len = function() return f("len") end }) end,
  eq = function(f)
    local meta = { __eq = function() return f("eq") end }
    return setmetatable({}, meta) == setmetatable({}, meta)
  end,
  lt = function(f, ...) return setmetatable({}, { __lt = function(_, value) return f(value) end }) < ... end,
  le = function(f, ...) return setmetatable({}, { __le = function(_, value) return f(value) end }) <= ... end,
  unm = function(f) return -setmetatable({}, { __unm = function() return f("unm") end }) end,
  iterator = function(f, ...)
    for value in function(value, last) if last == nil then return f(value) end end, ... do return value end
  end,
  pairs = function(f, ...)
    local x = ...
    local t = setmetatable({}, { __pairs = function() f(x) return function(_, last) return last == nil and x or nil end end })
    for key in pairs(t) do return key end
  end,
  wrap = function(f, ...) return wrap(f)(...) end,
  dofile = function(f, ...) return select(2, load("local f = ... return 1, f(select(2, ...))")(f, ...)) end,
  sort = function(f, ...) local x = ... table.sort({ 1, 2, 3 }, function() return f(x) end) return "sorted" end,
  gsub = function(f) return (("abc"):gsub("b", function(found) return f(found) end)) end,
  tostring = function(f) return tostring(setmetatable({}, { __tostring = function() return f("text") end })) end,
}
local names = {}
for name in pairs(ways) do names[#names + 1] = name end
table.sort(names)

local function yields(value) return yield(value) end
local function fails(value) yield(value) error("failed", 0) end
local function fails_at_once() error({}) end

for _, name in ipairs(names) do
  drive(name .. " yields", ways[name], yields, "x")
end
for _, outer in ipairs { "pcall", "xpcall", "close" } do
  for _, inner in ipairs(names) do
    local function nested(...) return ways[inner](...) end
    drive(outer .. " of " .. inner .. " yields", function() return ways[outer](nested, yields, "x") end)
    drive(outer .. " of " .. inner .. " fails", function() return ways[outer](nested, fails, "x") end)
    drive(inner .. " of " .. outer .. " fails", function()
      return ways[inner](function(value) return ways[outer](fails, value) end, "x")
    end)
  end
end
drive("an error that is a table", function() return type(select(2, pcall(fails_at_once))) end)

-- A generator with error handling, a scheduler, and what is kept after an error.
local function generator(n)
  return wrap(function()
    for i = 1, n do
      local ok, message = pcall(function() if i == 2 then error("two") end yield(i) end)
      if not ok then yield(message) end
    end
  end)
end
for value in generator(3) do print(value) end

local tasks, log = {}, {}
for id = 1, 3 do
  tasks[id] = create(function()
    local ok, message = xpcall(function()
      for step = 1, id do log[#log + 1] = id .. "." .. step yield() end
      error("task " .. id, 0)
    end, function(e) return e .. " ended" end)
    log[#log + 1] = message
  end)
end
while #tasks > 0 do
  for index = #tasks, 1, -1 do
    assert(resume(tasks[index]))
    if status(tasks[index]) == "dead" then table.remove(tasks, index) end
  end
end
print(table.concat(log, " "))

-- Closing a coroutine that waits inside pcall, and yields where there is nothing to yield to.
local waiting = create(function()
  pcall(function()
    local guard <close> = setmetatable({}, { __close = function() print("closed") end })
    yield()
  end)
end)
resume(waiting)
print(coroutine.close(waiting), status(waiting))
print(pcall(yield))
print(wrap(function() return pcall(pcall, pcall, yield, 1) end)())
print(select("#", pcall(error)), pcall(error), pcall(error, nil))
print(pcall(pcall))
print(pcall(xpcall))
print(pcall(xpcall, print))
print(xpcall(error, print, "to print"))
print(xpcall(error, function() error("again") end, "first"))
print(coroutine.isyieldable(), wrap(function() return coroutine.isyieldable() end)())
--[[ prints
add yields	true,x | true,1
call yields	true,x | true,1
close yields	true,x | true,closing nil | true,1
concat yields	true,x | true,1
dofile yields	true,x | true,1
eq yields	true,eq | true,true
gsub yields	false,attempt to yield across a C-call boundary
index yields	true,x | true,1
iterator yields	true,x | true,1
le yields	true,x | true,true
len yields	true,len | true,1
lt yields	true,x | true,true
newindex yields	true,x | true,1
pairs yields	true,x | true,x
pcall yields	true,x | true,true,1
plain yields	true,x | true,1
sort yields	false,attempt to yield across a C-call boundary
tostring yields	false,attempt to yield across a C-call boundary
unm yields	true,unm | true,1
wrap yields	true,x
xpcall yields	true,x | true,true,1
pcall of add yields	true,x | true,true,1
pcall of add fails	true,x | true,false,failed
add of pcall fails	true,x | true,false
pcall of call yields	true,x | true,true,1
pcall of call fails	true,x | true,false,failed
call of pcall fails	true,x | true,false,failed
pcall of close yields	true,x | true,closing nil | true,true,1
pcall of close fails	true,x | true,closing failed | true,false,failed
close of pcall fails	true,x | true,closing nil | true,false,failed
pcall of concat yields	true,x | true,true,1
pcall of concat fails	true,x | true,false,failed
concat of pcall fails	true,x | true,false
pcall of dofile yields	true,x | true,true,1
pcall of dofile fails	true,x | true,false,failed
dofile of pcall fails	true,x | true,false,failed
pcall of eq yields	true,eq | true,true,true
pcall of eq fails	true,eq | true,false,failed
eq of pcall fails	true,eq | true,false
pcall of gsub yields	true,false,attempt to yield across a C-call boundary
pcall of gsub fails	true,false,attempt to yield across a C-call boundary
gsub of pcall fails	true,abc
pcall of index yields	true,x | true,true,1
pcall of index fails	true,x | true,false,failed
index of pcall fails	true,x | true,false
pcall of iterator yields	true,x | true,true,1
pcall of iterator fails	true,x | true,false,failed
iterator of pcall fails	true,x | true,false
pcall of le yields	true,x | true,true,true
pcall of le fails	true,x | true,false,failed
le of pcall fails	true,x | true,false
pcall of len yields	true,len | true,true,1
pcall of len fails	true,len | true,false,failed
len of pcall fails	true,len | true,false
pcall of lt yields	true,x | true,true,true
pcall of lt fails	true,x | true,false,failed
lt of pcall fails	true,x | true,false
pcall of newindex yields	true,x | true,true,1
pcall of newindex fails	true,x | true,false,failed
newindex of pcall fails	true,x | true,false
pcall of pairs yields	true,x | true,true,x
pcall of pairs fails	true,x | true,false,failed
pairs of pcall fails	true,x | true,x
pcall of pcall yields	true,x | true,true,true,1
pcall of pcall fails	true,x | true,true,false,failed
pcall of pcall fails	true,x | true,true,false,failed
pcall of plain yields	true,x | true,true,1
pcall of plain fails	true,x | true,false,failed
plain of pcall fails	true,x | true,false,failed
pcall of sort yields	true,false,attempt to yield across a C-call boundary
pcall of sort fails	true,false,attempt to yield across a C-call boundary
sort of pcall fails	true,sorted
pcall of tostring yields	true,false,attempt to yield across a C-call boundary
pcall of tostring fails	true,false,attempt to yield across a C-call boundary
tostring of pcall fails	false,main.lua:61: '__tostring' must return a string
pcall of unm yields	true,unm | true,true,1
pcall of unm fails	true,unm | true,false,failed
unm of pcall fails	true,unm | true,false
pcall of wrap yields	true,true,x
pcall of wrap fails	true,true,x
wrap of pcall fails	true,x
pcall of xpcall yields	true,x | true,true,true,1
pcall of xpcall fails	true,x | true,true,false,handled failed
xpcall of pcall fails	true,x | true,true,false,failed
xpcall of add yields	true,x | true,true,1
xpcall of add fails	true,x | true,false,handled failed
add of xpcall fails	true,x | true,false
xpcall of call yields	true,x | true,true,1
xpcall of call fails	true,x | true,false,handled failed
call of xpcall fails	true,x | true,false,handled failed
xpcall of close yields	true,x | true,closing nil | true,true,1
xpcall of close fails	true,x | true,closing handled failed | true,false,handled failed
close of xpcall fails	true,x | true,closing nil | true,false,handled failed
xpcall of concat yields	true,x | true,true,1
xpcall of concat fails	true,x | true,false,handled failed
concat of xpcall fails	true,x | true,false
xpcall of dofile yields	true,x | true,true,1
xpcall of dofile fails	true,x | true,false,handled failed
dofile of xpcall fails	true,x | true,false,handled failed
xpcall of eq yields	true,eq | true,true,true
xpcall of eq fails	true,eq | true,false,handled failed
eq of xpcall fails	true,eq | true,false
xpcall of gsub yields	true,false,handled attempt to yield across a C-call boundary
xpcall of gsub fails	true,false,handled attempt to yield across a C-call boundary
gsub of xpcall fails	true,abc
xpcall of index yields	true,x | true,true,1
xpcall of index fails	true,x | true,false,handled failed
index of xpcall fails	true,x | true,false
xpcall of iterator yields	true,x | true,true,1
xpcall of iterator fails	true,x | true,false,handled failed
iterator of xpcall fails	true,x | true,false
xpcall of le yields	true,x | true,true,true
xpcall of le fails	true,x | true,false,handled failed
le of xpcall fails	true,x | true,false
xpcall of len yields	true,len | true,true,1
xpcall of len fails	true,len | true,false,handled failed
len of xpcall fails	true,len | true,false
xpcall of lt yields	true,x | true,true,true
xpcall of lt fails	true,x | true,false,handled failed
lt of xpcall fails	true,x | true,false
xpcall of newindex yields	true,x | true,true,1
xpcall of newindex fails	true,x | true,false,handled failed
newindex of xpcall fails	true,x | true,false
xpcall of pairs yields	true,x | true,true,x
xpcall of pairs fails	true,x | true,false,handled failed
pairs of xpcall fails	true,x | true,x
xpcall of pcall yields	true,x | true,true,true,1
xpcall of pcall fails	true,x | true,true,false,failed
pcall of xpcall fails	true,x | true,true,false,handled failed
xpcall of plain yields	true,x | true,true,1
xpcall of plain fails	true,x | true,false,handled failed
plain of xpcall fails	true,x | true,false,handled failed
xpcall of sort yields	true,false,handled attempt to yield across a C-call boundary
xpcall of sort fails	true,false,handled attempt to yield across a C-call boundary
sort of xpcall fails	true,sorted
xpcall of tostring yields	true,false,handled attempt to yield across a C-call boundary
xpcall of tostring fails	true,false,handled attempt to yield across a C-call boundary
tostring of xpcall fails	false,main.lua:61: '__tostring' must return a string
xpcall of unm yields	true,unm | true,true,1
xpcall of unm fails	true,unm | true,false,handled failed
unm of xpcall fails	true,unm | true,false
xpcall of wrap yields	true,true,x
xpcall of wrap fails	true,true,x
wrap of xpcall fails	true,x
xpcall of xpcall yields	true,x | true,true,true,1
xpcall of xpcall fails	true,x | true,true,false,handled failed
xpcall of xpcall fails	true,x | true,true,false,handled failed
close of add yields	true,x | true,closing nil | true,1
close of add fails	true,x | false,failed
add of close fails	true,x | false,failed
close of call yields	true,x | true,closing nil | true,1
close of call fails	true,x | false,failed
call of close fails	true,x | false,failed
close of close yields	true,x | true,closing nil | true,closing nil | true,1
close of close fails	true,x | false,failed
close of close fails	true,x | false,failed
close of concat yields	true,x | true,closing nil | true,1
close of concat fails	true,x | false,failed
concat of close fails	true,x | false,failed
close of dofile yields	true,x | true,closing nil | true,1
close of dofile fails	true,x | false,failed
dofile of close fails	true,x | false,failed
close of eq yields	true,eq | true,closing nil | true,true
close of eq fails	true,eq | false,failed
eq of close fails	true,eq | false,failed
close of gsub yields	false,attempt to yield across a C-call boundary
close of gsub fails	false,attempt to yield across a C-call boundary
gsub of close fails	false,attempt to yield across a C-call boundary
close of index yields	true,x | true,closing nil | true,1
close of index fails	true,x | false,failed
index of close fails	true,x | false,failed
close of iterator yields	true,x | true,closing nil | true,1
close of iterator fails	true,x | false,failed
iterator of close fails	true,x | false,failed
close of le yields	true,x | true,closing nil | true,true
close of le fails	true,x | false,failed
le of close fails	true,x | false,failed
close of len yields	true,len | true,closing nil | true,1
close of len fails	true,len | false,failed
len of close fails	true,len | false,failed
close of lt yields	true,x | true,closing nil | true,true
close of lt fails	true,x | false,failed
lt of close fails	true,x | false,failed
close of newindex yields	true,x | true,closing nil | true,1
close of newindex fails	true,x | false,failed
newindex of close fails	true,x | false,failed
close of pairs yields	true,x | true,closing nil | true,x
close of pairs fails	true,x | false,failed
pairs of close fails	true,x | false,failed
close of pcall yields	true,x | true,closing nil | true,true,1
close of pcall fails	true,x | true,closing nil | true,false,failed
pcall of close fails	true,x | true,closing failed | true,false,failed
close of plain yields	true,x | true,closing nil | true,1
close of plain fails	true,x | false,failed
plain of close fails	true,x | false,failed
close of sort yields	false,attempt to yield across a C-call boundary
close of sort fails	false,attempt to yield across a C-call boundary
sort of close fails	false,attempt to yield across a C-call boundary
close of tostring yields	false,attempt to yield across a C-call boundary
close of tostring fails	false,attempt to yield across a C-call boundary
tostring of close fails	false,attempt to yield across a C-call boundary
close of unm yields	true,unm | true,closing nil | true,1
close of unm fails	true,unm | false,failed
unm of close fails	true,unm | false,failed
close of wrap yields	true,closing nil | true,x
close of wrap fails	true,closing nil | true,x
wrap of close fails	true,x
close of xpcall yields	true,x | true,closing nil | true,true,1
close of xpcall fails	true,x | true,closing nil | true,false,handled failed
xpcall of close fails	true,x | true,closing handled failed | true,false,handled failed
an error that is a table	true,table
1
main.lua:90: two
3
3.1 2.1 1.1 3.2 2.2 task 1 ended 3.3 task 2 ended task 3 ended
closed
true	dead
false	attempt to yield from outside a coroutine
1
2	false	false	nil
false	bad argument #1 to 'pcall' (value expected)
false	bad argument #2 to 'xpcall' (function expected, got no value)
false	bad argument #2 to 'xpcall' (function expected, got no value)
to print
false	nil
false	error in error handling
false	true
]]
