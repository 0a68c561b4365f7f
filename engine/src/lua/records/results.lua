-- What queries give: rows in order, groups, joined rows, figures.

-- A column for an order, checked: the values can be compared with each other.
local function column_of(rows, keys, field)
  local get, column, kind, first = getter(field), {}, nil, nil
  for place = 1, #rows do
    local value = get(rows[place])
    if type(value) == "boolean" then
      value = value and 1 or 0
    end
    if value ~= nil then
      if not has_order(value) then
        fail('cannot order by "%s": it is %s in record %s', field, shown(value), shown(keys[place]))
      elseif kind and type(value) ~= kind then
        local message = 'cannot order by "%s": it is a %s in record %s and a %s in record %s'
        fail(message, field, kind, shown(first), type(value), shown(keys[place]))
      end
      kind, first = type(value), first or keys[place]
    end
    column[place] = value
  end
  return column
end

-- Puts rows into the order that was asked for. Equal ones stay as they are; those without a value come last.
local function ordered(rows, keys, orders)
  local columns, places = {}, {}
  for number, order in ipairs(orders) do
    columns[number] = column_of(rows, keys, order.field)
  end
  for place = 1, #rows do
    places[place] = place
  end
  table.sort(places, function(one, other)
    for number = 1, #columns do
      local a, b = columns[number][one], columns[number][other]
      if a ~= b then
        if a == nil or b == nil then
          return b == nil
        end
        if orders[number].descends then
          return b < a
        end
        return a < b
      end
    end
    return one < other
  end)
  local new_rows, new_keys = {}, {}
  for place = 1, #places do
    new_rows[place], new_keys[place] = rows[places[place]], keys[places[place]]
  end
  return new_rows, new_keys
end

local function figure(what, field, rows, keys)
  if what == "count" then
    return #rows
  end
  local get, result, count = getter(field), nil, 0
  for place = 1, #rows do
    local value = get(rows[place])
    if value ~= nil then
      if not has_order(value) or (what == "sum" or what == "avg") and type(value) ~= "number" then
        fail('cannot take the %s of "%s": it is %s in record %s', what, field, shown(value), shown(keys[place]))
      elseif result ~= nil and type(value) ~= type(result) then
        local message = 'cannot take the %s of "%s": it is a %s before record %s, and a %s there'
        fail(message, what, field, type(result), shown(keys[place]), type(value))
      end
      count = count + 1
      if result == nil then
        result = value
      elseif what == "min" then
        result = value < result and value or result
      elseif what == "max" then
        result = value > result and value or result
      else
        result = result + value
      end
    end
  end
  if what == "sum" then
    return result or 0
  end
  return what == "avg" and result and result / count or result
end

local nothing = {}

-- One row for each group, in the order in which the groups were met.
local function grouped(groups, rows, keys)
  local getters, tree, all = {}, {}, {}
  for number, field in ipairs(groups.fields) do
    getters[number] = getter(field)
  end
  for place = 1, #rows do
    local node, values = tree, {}
    for number = 1, #getters do
      local value = getters[number](rows[place])
      values[number] = value
      if value == nil or is_nan(value) then
        value = nothing
      end
      node[value] = node[value] or {}
      node = node[value]
    end
    if not node[nothing] then
      node[nothing] = { values = values, rows = {}, keys = {} }
      all[#all + 1] = node[nothing]
    end
    local group = node[nothing]
    group.rows[#group.rows + 1], group.keys[#group.keys + 1] = rows[place], keys[place]
  end
  local results = {}
  for place, group in ipairs(all) do
    local row = {}
    for number, field in ipairs(groups.fields) do
      row[field] = group.values[number]
    end
    for _, column in ipairs(groups.columns) do
      row[column.name] = figure(column.what, column.field, group.rows, group.keys)
    end
    results[place] = row
  end
  return results
end

-- Each row with the record of another table that it names.
local function joined(join, rows, keys)
  local other, get = join.other, getter(join.field)
  local records = has_class(other, CollectionClass) and other.rows or other
  local new_rows, new_keys = {}, {}
  for place = 1, #rows do
    local key = get(rows[place])
    local partner = key ~= nil and rawget(records, key) or nil
    if partner ~= nil or join.keeps_all then
      local row = copied(rows[place])
      row[join.as] = partner
      new_rows[#new_rows + 1], new_keys[#new_keys + 1] = row, keys[place]
    end
  end
  return new_rows, new_keys
end

-- The rows of a query, and their keys.
local function run(q)
  local rows, keys = {}, {}
  if rawget(q, "of") then
    rows, keys = run(q.of)
    if rawget(q, "groups") then
      rows = grouped(q.groups, rows, keys)
      keys = {}
      for place = 1, #rows do
        keys[place] = place
      end
    elseif rawget(q, "joined") then
      rows, keys = joined(q.joined, rows, keys)
    end
    if #q.conditions > 0 then
      local test, new_rows, new_keys = tester(nil, q.conditions), {}, {}
      for place = 1, #rows do
        if test(rows[place], keys[place]) then
          new_rows[#new_rows + 1], new_keys[#new_keys + 1] = rows[place], keys[place]
        end
      end
      rows, keys = new_rows, new_keys
    end
  else
    local found, records = find(q.source, q.conditions)
    for place = 1, #found do
      rows[place], keys[place] = rawget(records, found[place]), found[place]
    end
  end
  if rawget(q, "orders") then
    rows, keys = ordered(rows, keys, q.orders)
  end
  local skip = rawget(q, "skip") or 0
  local last = math.min(#rows, skip + (rawget(q, "limit_to") or #rows))
  if skip > 0 or last < #rows then
    rows, keys = table.move(rows, skip + 1, last, 1, {}), table.move(keys, skip + 1, last, 1, {})
  end
  local fields = rawget(q, "fields")
  for place = 1, fields and #rows or 0 do
    local row = {}
    for _, field in ipairs(fields) do
      row[field] = getter(field)(rows[place])
    end
    rows[place] = row
  end
  return rows, keys
end

function Query.list(q)
  local rows = run(q)
  return rows
end

function Query.each(q)
  local rows, keys = run(q)
  local at = 0
  return function()
    at = at + 1
    return rows[at], keys[at]
  end
end

function Query.first(q)
  local rows, keys = run(rawget(q, "limit_to") == 0 and q or with(q, "limit_to", 1))
  return rows[1], keys[1]
end

-- A figure of all rows; on groups, one more column.
local function figure_method(what)
  return function(q, field, name)
    local groups = rawget(q, "groups")
    if what == "count" then
      field, name = nil, field
    else
      checked_field(field)
    end
    if not groups then
      local rows, keys = run(q)
      return figure(what, field, rows, keys)
    elseif name ~= nil and type(name) ~= "string" then
      fail("a column has a name, not %s", shown(name))
    end
    local column = { what = what, field = field, name = name or field and what .. "_" .. field or what }
    return with(q, "groups", { fields = groups.fields, columns = plus(groups.columns, column) })
  end
end

for _, what in ipairs({ "count", "sum", "min", "max", "avg" }) do
  Query[what] = figure_method(what)
end

function Query.explain(q)
  while rawget(q, "of") do
    q = q.of
  end
  local plan = plan_for(q.source, q.conditions)
  local total = 0
  for _ in next, has_class(q.source, CollectionClass) and q.source.rows or q.source do
    total = total + 1
  end
  if not plan then
    return { strategy = "scan", candidates = total, of = total }
  end
  local strategy = plan.keys and "key" or "index"
  local name = strategy == "index" and table.concat(names_in(plan, {}), ", ") or nil
  return { strategy = strategy, index = name, candidates = #candidates(plan, {}, {}), of = total }
end

-- A method of queries is one of collections, too.
for name, method in next, Query do
  local function checked_method(q, ...)
    if not has_class(q, QueryClass) then
      fail("%s is called with a colon, on a query: ext.query(records):%s(...)", name, name)
    end
    return method(q, ...)
  end
  Query[name] = checked_method
  Collection[name] = Collection[name] or function(c, ...)
    checked(c, name)
    return method(query(c), ...)
  end
end

return { ext = { collection = collection, query = query, transaction = transaction }, Collection = Collection, Query = Query }
