-- Records: collections, queries and transactions. These files are one chunk, which is loaded when a program first uses
-- it; its globals are Lua's own library as it was before any program ran. Nothing here calls a metamethod.

-- The engine's objects by their paths; `guard` of records.rs; a table whose field `caches` the engine clears when it puts
-- something in the place of a part of _home.
local permanents, guard, shared = ...
local rawget, rawset, rawequal, next, type = rawget, rawset, rawequal, next, type
local globals = permanents._G
local Collection, Query = {}, {}
local CollectionClass, QueryClass = permanents["ext.Collection"], permanents["ext.Query"]

-- Raises an error at the line of the program that called the library.
local function fail(format, ...)
  local level, message = 2, string.format(format, ...)
  while true do
    local info = debug.getinfo(level, "S")
    if not info or info.what ~= "C" and info.short_src ~= "[records]" then
      error(message, level)
    end
    level = level + 1
  end
end

-- A value in a message.
local function shown(value)
  if type(value) == "string" then
    return '"' .. (#value > 40 and string.sub(value, 1, 40) .. "..." or value) .. '"'
  elseif value ~= value then
    return "NaN"
  elseif type(value) == "number" or type(value) == "boolean" or value == nil then
    return tostring(value)
  end
  return "a " .. type(value)
end

local function is_nan(value)
  return type(value) == "number" and value ~= value
end

-- Numbers and strings have an order, each among themselves.
local function has_order(value)
  return type(value) == "string" or type(value) == "number" and value == value
end

-- Whole numbers as keys are integers, as in tables.
local function normal(key)
  return type(key) == "number" and math.tointeger(key) or key
end

local function has_class(value, class)
  return type(value) == "table" and rawequal(debug.getmetatable(value), class)
end

local function copied(source)
  local copy = {}
  for key, value in next, source do
    copy[key] = value
  end
  return copy
end

-- The steps of a dotted field; nil if it is not dotted.
local function steps_of(field)
  if type(field) ~= "string" or not string.find(field, ".", 1, true) then
    return nil
  end
  local steps = {}
  for step in string.gmatch(field, "[^.]+") do
    steps[#steps + 1] = step
  end
  return steps
end

local function checked_field(field)
  if math.type(field) ~= "integer" and (type(field) ~= "string" or not string.find(field, "[^.]")) then
    fail('a field is a name such as "age" or "address.city", not %s', shown(field))
  end
  return field
end

-- What gets a field of a record.
local function getter(field)
  local steps = steps_of(field)
  if not steps then
    return function(record)
      return rawget(record, field)
    end
  end
  return function(record)
    local value = rawget(record, field)
    if value ~= nil then
      return value
    end
    value = record
    for step = 1, #steps do
      if type(value) ~= "table" then
        return nil
      end
      value = rawget(value, steps[step])
    end
    return value
  end
end

local function set_field(record, field, value)
  local steps = steps_of(field)
  if not steps then
    return rawset(record, field, value)
  end
  for step = 1, #steps - 1 do
    record = rawget(record, steps[step])
    if type(record) ~= "table" then
      fail('cannot set "%s": its "%s" is %s', field, steps[step], shown(record))
    end
  end
  rawset(record, steps[#steps], value)
end

-- Keys in order: numbers, then strings, then all others.
local function sorted(keys)
  local numbers, strings, others = {}, {}, {}
  for index = 1, #keys do
    local key = keys[index]
    local list = type(key) == "number" and numbers or type(key) == "string" and strings or others
    list[#list + 1] = key
  end
  table.sort(numbers)
  table.sort(strings)
  table.move(strings, 1, #strings, #numbers + 1, numbers)
  return table.move(others, 1, #others, #numbers + 1, numbers)
end

-- The keys of a table in order. `known` are those that were found last, or nil.
local function sorted_keys(rows, known)
  local keys = {}
  for key in next, rows do
    keys[#keys + 1] = key
  end
  local is_known = known ~= nil and #known == #keys
  for index = 1, is_known and #keys or 0 do
    if rawget(rows, known[index]) == nil then
      is_known = false
      break
    end
  end
  return is_known and known or sorted(keys)
end
