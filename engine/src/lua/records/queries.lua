-- Queries as plain data: a source and what is asked of it. Each method gives another query.

-- What compares a field with a value: each makes a test of the field, given the value.
local operators = {}

local function kind_of(operator, value)
  if not has_order(value) then
    fail('"%s" compares with a number or a string, not %s', operator, shown(value))
  end
  return type(value)
end

local function text_of(operator, value)
  if type(value) ~= "string" then
    fail('"%s" takes a string, not %s', operator, shown(value))
  end
  return value
end

-- The values of a list as a set.
local function set_of(operator, values)
  if type(values) ~= "table" then
    fail('"%s" takes a list of values, not %s', operator, shown(values))
  end
  local set = {}
  for _, value in next, values do
    if is_nan(value) then
      fail('"%s" cannot look for a number that is not one (NaN)', operator)
    end
    set[value] = true
  end
  return set
end

operators["="] = function(wanted)
  return function(value)
    return rawequal(value, wanted)
  end
end

operators["~="] = function(unwanted)
  return function(value)
    return not rawequal(value, unwanted)
  end
end

operators["<"] = function(limit)
  local kind = kind_of("<", limit)
  return function(value)
    return type(value) == kind and value < limit
  end
end

operators["<="] = function(limit)
  local kind = kind_of("<=", limit)
  return function(value)
    return type(value) == kind and value <= limit
  end
end

operators[">"] = function(limit)
  local kind = kind_of(">", limit)
  return function(value)
    return type(value) == kind and value > limit
  end
end

operators[">="] = function(limit)
  local kind = kind_of(">=", limit)
  return function(value)
    return type(value) == kind and value >= limit
  end
end

operators.between = function(limits)
  local low, high
  if type(limits) == "table" then
    low, high = rawget(limits, 1), rawget(limits, 2)
  end
  local kind = kind_of("between", low)
  if kind_of("between", high) ~= kind then
    fail('"between" takes two numbers or two strings, not %s and %s', shown(low), shown(high))
  end
  return function(value)
    return type(value) == kind and value >= low and value <= high
  end
end

operators["in"] = function(values)
  local set = set_of("in", values)
  return function(value)
    return value ~= nil and set[value] == true
  end
end

operators["not-in"] = function(values)
  local set = set_of("not-in", values)
  return function(value)
    return value == nil or set[value] ~= true
  end
end

operators.startsWith = function(prefix)
  local length = #text_of("startsWith", prefix)
  return function(value)
    return type(value) == "string" and string.sub(value, 1, length) == prefix
  end
end

operators.endsWith = function(suffix)
  local length = #text_of("endsWith", suffix)
  return function(value)
    return type(value) == "string" and #value >= length and string.sub(value, #value - length + 1) == suffix
  end
end

operators.contains = function(part)
  if part == nil or is_nan(part) then
    fail('"contains" takes a text or a value, not %s', shown(part))
  end
  return function(value)
    if type(value) == "string" then
      return type(part) == "string" and string.find(value, part, 1, true) ~= nil
    elseif type(value) == "table" then
      for _, item in next, value do
        if rawequal(item, part) then
          return true
        end
      end
    end
    return false
  end
end

operators.matches = function(pattern)
  local is_right, problem = pcall(string.find, "", text_of("matches", pattern))
  if not is_right then
    fail('"matches" takes a pattern of Lua, and %s is none: %s', shown(pattern), problem)
  end
  return function(value)
    return type(value) == "string" and string.find(value, pattern) ~= nil
  end
end

local synonyms = { ["=="] = "=", ["!="] = "~=", ["not in"] = "not-in" }

-- A condition, checked.
local function condition(field, operator, ...)
  if type(field) == "function" and operator == nil then
    return { test = field }
  end
  checked_field(field)
  operator = synonyms[operator] or operator
  if type(operator) ~= "string" or not operators[operator] then
    fail("unknown operator %s; there are %s", shown(operator), table.concat(sorted_keys(operators), " "))
  end
  local value = ...
  if operator == "between" and select("#", ...) > 1 then
    value = { ... }
  elseif type(value) == "table" and (operator == "in" or operator == "not-in" or operator == "between") then
    value = copied(value)
  elseif is_nan(value) then
    fail('"%s" cannot look for a number that is not one (NaN)', operator)
  end
  operators[operator](value)
  return { field = field, operator = operator, value = value }
end

-- A collection or a query as a query.
local function query(source)
  if has_class(source, QueryClass) then
    return source
  elseif type(source) ~= "table" then
    fail("a query is over a table of records, not %s", shown(source))
  end
  return debug.setmetatable({ source = source, conditions = {} }, QueryClass)
end

-- The same query with a difference.
local function with(q, name, value)
  local other = debug.setmetatable(copied(q), QueryClass)
  rawset(other, name, value)
  return other
end

local function plus(list, item)
  local longer = copied(list or {})
  longer[#longer + 1] = item
  return longer
end

-- What is asked of the results of a query.
local function after(q, name, value)
  return debug.setmetatable({ of = q, conditions = {}, [name] = value }, QueryClass)
end

-- What comes after the choice of some rows is asked of these.
local function base_of(q)
  return (q.limit_to or q.skip or q.fields) and after(q) or q
end

function Query.where(q, ...)
  local base = base_of(q)
  return with(base, "conditions", plus(base.conditions, condition(...)))
end

function Query.where_any(q, ...)
  local choices = {}
  for place = 1, select("#", ...) do
    local given = select(place, ...)
    if type(given) ~= "table" then
      fail('where_any takes conditions such as { "age", "<", 18 }, not %s', shown(given))
    end
    local all = type(rawget(given, 1)) == "table" and given or { given }
    choices[place] = {}
    for part, one in ipairs(all) do
      if type(one) ~= "table" then
        fail('where_any takes conditions such as { "age", "<", 18 }, not %s', shown(one))
      end
      choices[place][part] = condition(table.unpack(one, 1, one[4] ~= nil and 4 or 3))
    end
  end
  local base = base_of(q)
  return with(base, "conditions", plus(base.conditions, { choices = choices }))
end

function Query.order(q, field, direction)
  if direction ~= nil and direction ~= "asc" and direction ~= "desc" then
    fail('the direction of an order is "asc" or "desc", not %s', shown(direction))
  end
  local base = base_of(q)
  return with(base, "orders", plus(base.orders, { field = checked_field(field), descends = direction == "desc" }))
end

local function count_of(what, value)
  local count = math.type(value) and math.tointeger(value)
  if not count or count < 0 then
    fail("%s takes a whole number from 0 on, not %s", what, shown(value))
  end
  return count
end

function Query.limit(q, count)
  return with(q, "limit_to", count_of("limit", count))
end

function Query.offset(q, count)
  return with(q, "skip", count_of("offset", count))
end

function Query.select(q, ...)
  local fields = { ... }
  if #fields == 0 then
    fail("select takes the names of fields")
  end
  for _, field in ipairs(fields) do
    checked_field(field)
  end
  return with(q, "fields", fields)
end

function Query.group(q, ...)
  local fields = { ... }
  for _, field in ipairs(fields) do
    checked_field(field)
  end
  return after(q, "groups", { fields = fields, columns = {} })
end

function Query.join(q, other, field, as, kind)
  if type(other) ~= "table" then
    fail("join takes a collection or a table, not %s", shown(other))
  elseif kind ~= nil and kind ~= "inner" and kind ~= "left" then
    fail('a join is "inner" or "left", not %s', shown(kind))
  end
  as = as or has_class(other, CollectionClass) and other.name
  if type(as) ~= "string" then
    fail("join takes the name that the other record gets, not %s", shown(as))
  end
  return after(q, "joined", { other = other, field = checked_field(field), as = as, keeps_all = kind == "left" })
end
