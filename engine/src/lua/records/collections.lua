-- Collections: the records of one kind, in an ordinary table by their keys.

local function checked(c, method)
  if not has_class(c, CollectionClass) or type(rawget(c, "rows")) ~= "table" or type(rawget(c, "indexes")) ~= "table" then
    fail("%s is called with a colon, on what ext.collection gave: users:%s(...)", method, method)
  end
  return c
end

-- Checks all records that are to be put, before anything changes.
local function prepare(c, cache, records)
  local batch = { keys = {}, added = {}, records = records }
  local place_of, results = {}, {}
  for place = 1, #records do
    local record = records[place]
    local key = key_of(c, record)
    if place_of[key] then
      fail("%s: records %d and %d of the list have the same key %s", c.name, place_of[key], place, shown(key))
    end
    place_of[key], batch.keys[place] = place, key
    results[place], batch.added[place] = filled(c, record, key)
  end
  for _, index in ipairs(cache.indexes) do
    local key_with = {}
    for place = 1, #records do
      local key = batch.keys[place]
      -- For every index, so that the function of one fails before anything changes.
      local value = value_for(index, results[place], key)
      if value ~= nil and index.definition.unique then
        local other = key_with[value] or rival(index, c.rows, value, key)
        if other and not (place_of[other] and not key_with[value]) then
          fail('%s: record %s has the same "%s" as record %s', c.name, shown(key), index.definition.name, shown(other))
        end
        key_with[value] = key
      end
    end
  end
  return batch
end

local function put_batch(c, cache, batch)
  caches()[c] = nil
  for place, key in ipairs(batch.keys) do
    local record = batch.records[place]
    for field, value in next, batch.added[place] or {} do
      rawset(record, field, value)
    end
    cache.total = cache.total + (rawget(c.rows, key) == nil and 1 or 0)
    rawset(c.rows, key, record)
    refile(cache, key, record)
  end
  caches()[c] = cache
end

function Collection.put(c, record)
  local cache = cache_of(checked(c, "put"))
  put_batch(c, cache, prepare(c, cache, { record }))
  return record
end

function Collection.put_all(c, records)
  local cache = cache_of(checked(c, "put_all"))
  if type(records) ~= "table" then
    fail("%s: put_all takes a list of records, not %s", c.name, shown(records))
  end
  local list = {}
  for place = 1, #records do
    list[place] = rawget(records, place)
  end
  for key in next, records do
    if list[key] == nil then
      fail("%s: put_all takes a list of records, and this table has the key %s", c.name, shown(key))
    end
  end
  local batch = prepare(c, cache, list)
  outcome(guard(function()
    local before = {}
    for place, key in ipairs(batch.keys) do
      before[place] = rawget(c.rows, key) or false
    end
    return before
  end, function(before)
    caches()[c] = nil
    for place, key in ipairs(batch.keys) do
      rawset(c.rows, key, before[place] or nil)
      for field in next, batch.added[place] or {} do
        rawset(batch.records[place], field, nil)
      end
    end
  end, put_batch, c, cache, batch))
  return #list
end

local function record_of(c, key)
  if not has_order(key) then
    fail("%s: a key is a string or a number, not %s", c.name, shown(key))
  end
  return rawget(c.rows, normal(key))
end

function Collection.get(c, key)
  checked(c, "get")
  return record_of(c, key)
end

function Collection.update(c, key, change)
  checked(c, "update")
  local record = record_of(c, key)
  if record == nil then
    fail("%s has no record %s", c.name, shown(key))
  elseif type(record) ~= "table" then
    fail("%s: record %s is not a table but %s", c.name, shown(key), shown(record))
  elseif type(change) ~= "table" and type(change) ~= "function" then
    fail("%s: update takes fields or a function, not %s", c.name, shown(change))
  end
  key = normal(key)
  local is_alone = type(change) == "table"
  for field in next, is_alone and change or {} do
    is_alone = is_alone and not steps_of(checked_field(field))
  end
  local cache = take_cache(c)
  outcome(guard(function()
    return remember(record, is_alone)
  end, put_back, function()
    if type(change) == "function" then
      change(record)
    else
      for field, value in next, change do
        set_field(record, field, value)
      end
    end
    local found = key_of(c, record)
    if found ~= key then
      fail("%s: an update cannot change the key %s of a record to %s; delete it and put it anew", c.name, shown(key), shown(found))
    end
    filled(c, record, key)
    -- What the function did with the collection itself has made another one.
    cache = caches()[c] or cache
    for _, index in ipairs(cache.indexes) do
      local value = value_for(index, record, key)
      local other = value ~= nil and index.definition.unique and rival(index, c.rows, value, key)
      if other then
        fail('%s: record %s would have the same "%s" as record %s', c.name, shown(key), index.definition.name, shown(other))
      end
    end
    caches()[c] = nil
    refile(cache, key, record)
    caches()[c] = cache
  end))
  return record
end

function Collection.delete(c, key)
  checked(c, "delete")
  local record = record_of(c, key)
  if record ~= nil then
    local cache = take_cache(c)
    refile(cache, normal(key), nil)
    rawset(c.rows, normal(key), nil)
    cache.total = cache.total - 1
    caches()[c] = cache
  end
  return record
end

-- The keys in order, found anew only where they are others.
local function keys_of(c)
  local cache = cache_of(c)
  cache.keys = sorted_keys(c.rows, cache.keys)
  return cache.keys
end

function Collection.__pairs(c)
  checked(c, "each")
  local keys, at = keys_of(c), 0
  return function()
    while at < #keys do
      at = at + 1
      local record = rawget(c.rows, keys[at])
      if record ~= nil then
        return keys[at], record
      end
    end
  end
end

function Collection.__len(c)
  checked(c, "count")
  local count = 0
  for _ in next, c.rows do
    count = count + 1
  end
  return count
end

function Collection.check(c)
  local cache = cache_of(checked(c, "check"))
  local reasons, found = {}, {}
  local function note(key, reason, ...)
    if not reasons[key] then
      found[#found + 1] = key
      reasons[key] = string.format(reason, ...)
    end
  end
  for key, record in next, c.rows do
    if type(record) ~= "table" then
      note(key, "it is not a table but %s", shown(record))
    else
      local own = normal(getter(c.key)(record))
      if own ~= key then
        note(key, 'its "%s" is %s', c.key, shown(own))
      end
      local problem = flaw(c, record, key)
      if problem then
        note(key, "%s", problem)
      end
      for _, index in ipairs(cache.indexes) do
        local value = value_for(index, record, key)
        if not rawequal(value, index.filed[key]) then
          note(key, '"%s" was changed', index.definition.name)
        elseif value ~= nil and index.definition.unique and rival(index, c.rows, value, key) then
          note(key, 'it has the same "%s" as record %s', index.definition.name, shown(rival(index, c.rows, value, key)))
        end
      end
    end
  end
  for _, index in ipairs(cache.indexes) do
    for key in next, index.filed do
      if rawget(c.rows, key) == nil then
        note(key, "it was removed")
      end
    end
  end
  return sorted(found), reasons
end

function Collection.reindex(c)
  checked(c, "reindex")
  caches()[c] = nil
  cache_of(c)
end

function Collection.index(c, given)
  checked(c, "index")
  local definition = definition_of(given)
  check_unique(c, definition)
  caches()[c] = nil
  c.indexes[definition.name] = definition
  return c
end

function Collection.drop_index(c, name)
  checked(c, "drop_index")
  local had = c.indexes[name] ~= nil
  caches()[c] = nil
  c.indexes[name] = nil
  return had
end

local function apply(c, options)
  if options.key ~= nil and options.key ~= c.key then
    fail('%s has the key "%s", not %s', c.name, c.key, shown(options.key))
  end
  local definitions, schema = {}, options.schema and rules_of(options.schema)
  if options.indexes ~= nil and type(options.indexes) ~= "table" then
    fail("indexes are a list, not %s", shown(options.indexes))
  end
  for place, given in ipairs(options.indexes or {}) do
    definitions[place] = definition_of(given)
    if not is_same(definitions[place], c.indexes[definitions[place].name]) then
      check_unique(c, definitions[place])
    end
  end
  if schema then
    local probe = { name = c.name, schema = schema }
    for _, key in ipairs(sorted_keys(c.rows)) do
      local record = rawget(c.rows, key)
      if type(record) == "table" then
        filled(probe, record, key)
      end
    end
  end
  for _, definition in ipairs(definitions) do
    if not is_same(definition, c.indexes[definition.name]) then
      caches()[c] = nil
      c.indexes[definition.name] = definition
    end
  end
  rawset(c, "schema", schema or rawget(c, "schema"))
  return c
end

local function collection(owner, name, options)
  if type(owner) ~= "table" then
    owner, name, options = rawget(globals, "_home"), owner, name
  end
  if type(owner) ~= "table" then
    fail("_home is not a table")
  elseif type(name) ~= "string" or name == "" then
    fail('a collection has a name: ext.collection("users", { key = "id" })')
  elseif options ~= nil and type(options) ~= "table" then
    fail("the options of a collection are a table, not %s", shown(options))
  end
  options = options or {}
  check_names("a collection", options, { key = true, indexes = true, schema = true })
  local found = rawget(owner, name)
  if found == nil then
    local key = options.key == nil and "id" or checked_field(options.key)
    local c = debug.setmetatable({ name = name, key = key, rows = {}, indexes = {} }, CollectionClass)
    rawset(owner, name, apply(c, options))
    return c
  elseif not has_class(found, CollectionClass) then
    fail('"%s" is %s already, and no collection; choose another name', name, shown(found))
  end
  checked(found, "put")
  return apply(found, options)
end
