-- Indexes. They are never saved: `shared.caches` has those of each collection, which are built when they are first needed.
-- An index knows under which value it has filed each key, and the groups of keys by value. A group with one key is that key;
-- one that was emptied is false, since its value is still in the sorted lists.

local function caches()
  local all = shared.caches
  if not all then
    all = setmetatable({}, { __mode = "k" })
    shared.caches = all
  end
  return all
end

-- The value under which an index files a record; nil if it does not.
local function value_for(index, record, key)
  local definition = index.definition
  local value
  if definition.by then
    local is_done, result = pcall(definition.by, record)
    if not is_done then
      fail('the function of index "%s" failed for record %s: %s', definition.name, shown(key), type(result) == "string" and result or shown(result))
    end
    value = result
  elseif #index.getters == 1 then
    value = index.getters[1](record)
  else
    -- A path in a tree of tables; what stands at its end is the value.
    value = index.tree
    for field = 1, #index.getters do
      local part = index.getters[field](record)
      if part == nil or is_nan(part) then
        return nil
      end
      local following = value[part]
      if not following then
        following = {}
        value[part] = following
      end
      value = following
    end
  end
  if is_nan(value) then
    return nil
  end
  return value
end

local function unfile(index, key)
  local value = index.filed[key]
  if value == nil then
    return
  end
  index.filed[key] = nil
  local group = index.groups[value]
  if type(group) == "table" then
    group[key] = nil
    group = next(group) ~= nil and group
  else
    group = false
  end
  index.groups[value] = group
  index.emptied = index.emptied + (group and 0 or 1)
end

local function file(index, key, value)
  if value == nil then
    return
  end
  index.filed[key] = value
  local group = index.groups[value]
  if type(group) == "table" then
    group[key] = true
  elseif group then
    index.groups[value] = { [group] = true, [key] = true }
  else
    local fresh = group == nil and index.fresh[type(value)]
    if fresh then
      fresh[#fresh + 1] = value
    end
    index.groups[value] = key
  end
end

-- The distinct numbers, or strings, of an index in order.
local function sorted_values(index, kind)
  local list, fresh = index.sorted[kind], index.fresh[kind]
  if #fresh == 0 and index.emptied * 2 <= #list then
    return list
  end
  table.sort(fresh)
  local merged, at, groups = {}, 1, index.groups
  local function add(value)
    if groups[value] then
      merged[#merged + 1] = value
    else
      groups[value] = nil
      index.emptied = index.emptied - 1
    end
  end
  for place = 1, #list do
    while at <= #fresh and fresh[at] < list[place] do
      add(fresh[at])
      at = at + 1
    end
    add(list[place])
  end
  for place = at, #fresh do
    add(fresh[place])
  end
  index.sorted[kind], index.fresh[kind] = merged, {}
  return merged
end

local function keys_in(group)
  if type(group) == "table" then
    return next, group
  end
  return function(_, last)
    if last == nil and group then
      return group
    end
  end
end

-- The key of another record that an index has under the same value, and that still has it.
local function rival(index, rows, value, key)
  for other in keys_in(index.groups[value]) do
    local record = other ~= key and rawget(rows, other)
    if type(record) == "table" and rawequal(value_for(index, record, other), value) then
      return other
    end
  end
end

local function new_index(definition)
  local index = { definition = definition, groups = {}, filed = {}, emptied = 0, tree = {}, getters = {} }
  index.sorted, index.fresh = { number = {}, string = {} }, { number = {}, string = {} }
  for place, field in ipairs(definition.fields or {}) do
    index.getters[place] = getter(field)
  end
  return index
end

-- What is known of a collection's records.
local function cache_of(c)
  local cache = caches()[c]
  if cache and rawequal(cache.rows, c.rows) and rawequal(cache.definitions, c.indexes) then
    return cache
  end
  cache = { rows = c.rows, definitions = c.indexes, indexes = {}, total = 0 }
  for place, name in ipairs(sorted_keys(c.indexes)) do
    cache.indexes[place] = new_index(c.indexes[name])
  end
  for key, record in next, c.rows do
    cache.total = cache.total + 1
    for place = 1, type(record) == "table" and #cache.indexes or 0 do
      local index = cache.indexes[place]
      file(index, key, value_for(index, record, key))
    end
  end
  caches()[c] = cache
  return cache
end

-- Changes begin with this: if they are interrupted, the indexes are built anew.
local function take_cache(c)
  local cache = cache_of(c)
  caches()[c] = nil
  return cache
end

-- Files a record, or removes what is gone.
local function refile(cache, key, record)
  for place = 1, #cache.indexes do
    local index = cache.indexes[place]
    local value = record and value_for(index, record, key)
    if not rawequal(value, index.filed[key]) then
      unfile(index, key)
      file(index, key, value)
    end
  end
end
