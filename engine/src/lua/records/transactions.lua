-- Transactions: what can be reached is copied before, and put back after an error. The copy is one flat list.

-- Lua's and the engine's own objects are never entered.
local own = {}
for _, object in next, permanents do
  own[object] = true
end

-- A function that has the variable of another one for its own, and keeps it alive.
local function holder_of(user, index)
  local variable
  local function holder()
    return variable
  end
  debug.upvaluejoin(holder, 1, user, index)
  return holder
end

-- Notes all that can be reached from a value; `is_alone`: only the value itself.
local function remember(root, is_alone)
  local saved, last = {}, 0
  local seen, queue, length = {}, {}, 0
  local joins, holders = {}, {}
  local function meet(value)
    local kind = type(value)
    if (kind == "table" or kind == "function") and not seen[value] and not own[value] then
      seen[value] = true
      length = length + 1
      queue[length] = value
    end
  end
  meet(root)
  local at = 0
  while at < length do
    at = at + 1
    local object = queue[at]
    if type(object) == "table" then
      local metatable = debug.getmetatable(object)
      local start = last + 1
      saved[start], saved[start + 1], saved[start + 2] = object, metatable or false, 0
      last = start + 2
      for key, value in next, object do
        saved[last + 1], saved[last + 2] = key, value
        last = last + 2
        if not is_alone then
          local kind = type(value)
          if kind == "table" or kind == "function" then
            meet(value)
          end
          meet(key)
        end
      end
      saved[start + 2] = (last - start - 2) // 2
      if metatable and not is_alone then
        meet(metatable)
      end
    else
      local index = 1
      local name, value = debug.getupvalue(object, index)
      -- A function that is not written in Lua has no names for its variables.
      while name and name ~= "" do
        local id = debug.upvalueid(object, index)
        if not holders[id] then
          holders[id] = { holder_of(object, index), value }
          meet(value)
        end
        joins[#joins + 1] = { object, index, holders[id][1] }
        index = index + 1
        name, value = debug.getupvalue(object, index)
      end
    end
  end
  return { saved = saved, last = last, joins = joins, holders = holders, is_alone = is_alone }
end

local function put_back(memory)
  if not memory.is_alone then
    shared.caches = nil
  end
  if memory.is_home then
    rawset(globals, "_home", memory.home)
  end
  local saved, at = memory.saved, 1
  while at <= memory.last do
    local object, metatable, count = saved[at], saved[at + 1] or nil, saved[at + 2]
    for key in next, object do
      object[key] = nil
    end
    at = at + 3
    for entry = at, at + 2 * count - 2, 2 do
      rawset(object, saved[entry], saved[entry + 1])
    end
    at = at + 2 * count
    if not rawequal(debug.getmetatable(object), metatable) then
      debug.setmetatable(object, metatable)
    end
  end
  for _, join in next, memory.joins do
    debug.upvaluejoin(join[1], join[2], join[3], 1)
  end
  for _, holder in next, memory.holders do
    debug.setupvalue(holder[1], 1, holder[2])
  end
end

local function remember_home()
  local home = rawget(globals, "_home")
  local memory = remember(home)
  memory.is_home, memory.home = true, home
  return memory
end

-- Raises the error of what was guarded, or gives its results.
local function outcome(is_done, ...)
  if is_done then
    return ...
  end
  local problem = ...
  if problem == "attempt to yield across a C-call boundary" then
    fail("cannot yield inside a transaction or an update: it ends before its coroutine yields")
  end
  error(problem, 0)
end

local function transaction(work, ...)
  if type(work) ~= "function" then
    fail("ext.transaction takes a function, not %s", shown(work))
  end
  return outcome(guard(remember_home, put_back, work, ...))
end
