-- How a query finds its records: by a key, by an index, or by looking at all. Whatever an index gives is tested again.

-- The place of the first item of a sorted list for which a test holds; it holds for all after that.
local function first_place(list, holds)
  local low, high = 1, #list + 1
  while low < high do
    local middle = (low + high) // 2
    if holds(list[middle]) then
      high = middle
    else
      low = middle + 1
    end
  end
  return low
end

-- The places of the values in a range, by operator.
local ranges = {
  ["<"] = function(list, limit)
    return 1, first_place(list, function(item) return item >= limit end) - 1
  end,
  ["<="] = function(list, limit)
    return 1, first_place(list, function(item) return item > limit end) - 1
  end,
  [">"] = function(list, limit)
    return first_place(list, function(item) return item > limit end), #list
  end,
  [">="] = function(list, limit)
    return first_place(list, function(item) return item >= limit end), #list
  end,
  between = function(list, limits)
    local low, high = limits[1], limits[2]
    return first_place(list, function(item) return item >= low end),
      first_place(list, function(item) return item > high end) - 1
  end,
  startsWith = function(list, prefix)
    local length = #prefix
    return first_place(list, function(item) return item >= prefix end),
      first_place(list, function(item) return string.sub(item, 1, length) > prefix end) - 1
  end,
}

-- A plan: what it uses, and the groups of keys that it gives, as lists of values of an index.
local function by_values(index, values)
  return { index = index, values = values, cost = #values }
end

local function plan_of_key(c, asked)
  if asked.field ~= c.key then
    return nil
  elseif asked.operator == "=" and asked.value ~= nil then
    return { keys = { normal(asked.value) }, cost = 0 }
  elseif asked.operator == "in" then
    local keys = {}
    for value in next, set_of("in", asked.value) do
      keys[#keys + 1] = value
    end
    return { keys = keys, cost = #keys }
  end
end

local function plan_of_index(index, asked)
  local operator, value = asked.operator, asked.value
  if operator == "=" and value ~= nil then
    return by_values(index, { value })
  elseif operator == "in" then
    local values = {}
    for item in next, set_of("in", value) do
      values[#values + 1] = item
    end
    return by_values(index, values)
  elseif ranges[operator] then
    local kind = type(operator == "between" and value[1] or value)
    local list = sorted_values(index, kind)
    local first, last = ranges[operator](list, value)
    return { index = index, values = list, first = first, last = last, cost = math.max(0, last - first + 1) }
  end
end

-- By an index over several fields, where each has to be equal to something.
local function plan_of_fields(index, conditions)
  local node = index.tree
  for _, field in ipairs(index.definition.fields) do
    local following
    for _, asked in ipairs(conditions) do
      if asked.field == field and asked.operator == "=" and asked.value ~= nil then
        following = { node = node and node[asked.value] }
      end
    end
    if not following then
      return nil
    end
    node = following.node
  end
  return by_values(index, { node })
end

local function cheaper(one, other)
  return other and (not one or other.cost < one.cost) and other or one
end

-- The cheapest plan for conditions that all hold; nil: none but looking at all.
local function plan_of(c, cache, conditions)
  local best
  for _, asked in ipairs(conditions) do
    if asked.choices then
      local plan = { choices = {}, cost = 0 }
      for place, choice in ipairs(asked.choices) do
        local part = plan_of(c, cache, choice)
        plan = part and plan
        if not plan then
          break
        end
        plan.choices[place], plan.cost = part, plan.cost + part.cost
      end
      best = cheaper(best, plan)
    elseif asked.field then
      best = cheaper(best, plan_of_key(c, asked))
    end
  end
  for _, index in ipairs(cache.indexes) do
    local fields = index.definition.fields
    if fields and #fields > 1 then
      best = cheaper(best, plan_of_fields(index, conditions))
    else
      local field = fields and fields[1] or index.definition.name
      for _, asked in ipairs(conditions) do
        if asked.field == field then
          best = cheaper(best, plan_of_index(index, asked))
        end
      end
    end
  end
  return best
end

-- The keys that a plan gives, each once.
local function candidates(plan, keys, seen)
  for _, choice in ipairs(plan.choices or {}) do
    candidates(choice, keys, seen)
  end
  local function add(key)
    if not seen[key] then
      seen[key] = true
      keys[#keys + 1] = key
    end
  end
  for _, key in ipairs(plan.keys or {}) do
    add(key)
  end
  for place = plan.first or 1, plan.last or plan.values and #plan.values or 0 do
    for key in keys_in(plan.index.groups[plan.values[place]]) do
      add(key)
    end
  end
  return keys
end

local function names_in(plan, names)
  for _, choice in ipairs(plan.choices or {}) do
    names_in(choice, names)
  end
  if plan.index or plan.keys then
    names[#names + 1] = plan.index and plan.index.definition.name or "key"
  end
  return names
end

-- What tests a record for a list of conditions that all hold.
local function tester(c, conditions)
  local tests = {}
  for place, asked in ipairs(conditions) do
    if asked.test then
      tests[place] = asked.test
    elseif asked.choices then
      local choices = {}
      for number, choice in ipairs(asked.choices) do
        choices[number] = tester(c, choice)
      end
      tests[place] = function(record, key)
        for number = 1, #choices do
          if choices[number](record, key) then
            return true
          end
        end
        return false
      end
    else
      local definition = c and c.indexes[asked.field]
      local get, test = getter(asked.field), operators[asked.operator](asked.value)
      local index = definition and definition.by and new_index(definition)
      if index then
        get = function(record, key)
          return value_for(index, record, key)
        end
      end
      tests[place] = function(record, key)
        return test(get(record, key))
      end
    end
  end
  if #tests == 1 then
    return tests[1]
  end
  return function(record, key)
    for place = 1, #tests do
      if not tests[place](record, key) then
        return false
      end
    end
    return true
  end
end

-- Whether programs' own functions take part, which may change what is looked at.
local function has_functions(c, conditions)
  for _, asked in ipairs(conditions) do
    local definition = c and asked.field and c.indexes[asked.field]
    if asked.test or definition and definition.by then
      return true
    end
    for _, choice in ipairs(asked.choices or {}) do
      if has_functions(c, choice) then
        return true
      end
    end
  end
  return false
end

local function tested(source, key, record, test)
  if type(record) ~= "table" then
    local name = has_class(source, CollectionClass) and source.name .. ": " or ""
    fail("%srecord %s is not a table but %s", name, shown(key), shown(record))
  end
  return test(record, key)
end

-- The plan of a query over a source; nil where it looks at all.
local function plan_for(source, conditions)
  if has_class(source, CollectionClass) then
    local cache = cache_of(checked(source, "where"))
    local plan = plan_of(source, cache, conditions)
    return plan and (plan.keys or plan.cost * 2 <= cache.total) and plan or nil
  end
end

-- The keys, in order, of the records of a source for which the conditions hold.
local function find(source, conditions)
  local c = has_class(source, CollectionClass) and source or nil
  local rows, test = c and c.rows or source, tester(c, conditions)
  local found = {}
  local plan = plan_for(source, conditions)
  if plan or has_functions(c, conditions) then
    for _, key in ipairs(plan and candidates(plan, {}, {}) or sorted_keys(rows)) do
      local record = rawget(rows, key)
      if record ~= nil and tested(source, key, record, test) then
        found[#found + 1] = key
      end
    end
  elseif c and #conditions == 0 then
    local keys = keys_of(c)
    for place = 1, #keys do
      tested(source, keys[place], rawget(rows, keys[place]), test)
    end
    return keys, rows
  else
    for key, record in next, rows do
      if tested(source, key, record, test) then
        found[#found + 1] = key
      end
    end
  end
  return sorted(found), rows
end
