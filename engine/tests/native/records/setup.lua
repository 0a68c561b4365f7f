-- What the random programs of records.rs are made of: `step` does something to a collection and expects the outcome that a
-- plain loop foretells, `compare` asks every kind of question of a collection with indexes, of the same records as a plain
-- table, and of a plain loop.
local c = ext.collection("c", {
  indexes = {
    "n", "a.b", { "u", unique = true }, { "n", "s" },
    { name = "half", by = function(record) return math.type(record.n) == "integer" and record.n // 2 or nil end },
  },
})
local others = ext.collection("others")
for id = -3, 8 do others:put({ id = id, name = "other " .. id }) end

-- A value of any type that records may have.
local function value_of(value, shape)
  local kind = shape % 7
  return kind < 3 and value or kind == 3 and value + 0.5 or kind == 4 and "s" .. value or kind == 5 and value % 2 == 0 or nil
end

local function record_of(key, value, shape)
  return {
    id = key % 5 == 0 and "k" .. key or key, n = value_of(value, shape), s = "s" .. (shape % 4),
    a = shape % 3 ~= 0 and { b = value_of(value + 1, shape // 3) } or nil, u = shape % 2 == 0 and value + key or nil,
  }
end

local function rival(record)
  for key, other in next, c.rows do
    if key ~= record.id and record.u ~= nil and other.u == record.u then return key end
  end
end

local compare

function step(kind, key, value, shape)
  local record = record_of(key, value, shape)
  if kind <= 1 then
    local expected = not rival(record)
    assert(pcall(c.put, c, record) == expected)
  elseif kind == 2 then
    local batch, before, fits = {}, {}, true
    for place = 1, 3 do batch[place] = record_of(key + place, value + place * (shape % 3), shape // place) end
    for key, old in next, c.rows do before[key] = old end
    if not pcall(c.put_all, c, batch) then
      for key, old in next, before do assert(c.rows[key] == old) end
      for key in next, c.rows do assert(before[key]) end
    else
      for _, one in ipairs(batch) do assert(c.rows[one.id] == one and not rival(one)) end
    end
  elseif kind == 3 and c:get(record.id) then
    local old = c:get(record.id)
    local n, u, expected = old.n, old.u, not rival({ id = record.id, u = value })
    assert(pcall(c.update, c, record.id, { n = record.n, u = value }) == expected)
    assert(old == c:get(record.id) and (expected and old.u == value or old.u == u and rawequal(old.n, n)))
  elseif kind == 4 and c:get(record.id) then
    pcall(c.update, c, record.id, function(old) old.n, old.a = record.n, record.a if shape % 3 == 0 then error("no") end end)
  elseif kind == 5 then
    assert(c:delete(record.id) == nil or c:get(record.id) == nil)
  elseif kind == 6 then
    -- Behind its back: hits are still right, `check` names the record, and `reindex` finds it.
    local old = c:get(record.id)
    if old and not rawequal(old.n, record.n) then
      compare()
      old.n = record.n
      local asked = record.n ~= nil and "=" or "~="
      for one in c:where("n", asked, record.n):each() do assert(rawequal(one.n, record.n) == (asked == "=")) end
      local stale, reasons = c:check()
      assert(#stale == 1 and stale[1] == record.id and reasons[record.id])
      c:reindex()
      assert(#c:check() == 0)
    end
  else
    -- A transaction does what it does by these very steps.
    local fails, problem = kind == 7, "undone"
    local before, copies = {}, {}
    for key, old in next, c.rows do
      before[key] = old
      copies[old] = { n = old.n, u = old.u, a = old.a, b = old.a and old.a.b }
    end
    local is_done, message = pcall(ext.transaction, function()
      for inner = 0, shape % 7 do step(inner % 6, key + inner, value + inner, shape // (inner + 1)) end
      if fails then error(problem, 0) end
    end)
    assert(is_done ~= fails and (is_done or message == problem), message)
    if fails then
      for key, old in next, before do
        local copy = copies[old]
        assert(c.rows[key] == old and rawequal(old.n, copy.n) and old.u == copy.u and old.a == copy.a)
        assert(not old.a or rawequal(old.a.b, copy.b))
      end
      for key in next, c.rows do assert(before[key]) end
    end
  end
end

local function less(a, b)
  if type(a) ~= type(b) then return type(a) == "number" end
  return a < b
end

-- What a plain loop finds, in the order of the keys.
local function scan(test)
  local keys = {}
  for key, record in next, c.rows do
    if test(record) then keys[#keys + 1] = key end
  end
  table.sort(keys, less)
  return keys
end

local function same(query, expected, what)
  local found = {}
  for record, key in query:each() do
    assert(c.rows[key] == record, what)
    found[#found + 1] = key
  end
  assert(#found == #expected and query:count() == #expected, what .. ": " .. #found .. " found, not " .. #expected)
  for place, key in ipairs(expected) do assert(found[place] == key, what) end
  assert(query:first() == c.rows[expected[1]], what)
  for place, record in ipairs(query:limit(3):offset(1):list()) do assert(record == c.rows[expected[place + 1]], what) end
end

local fields = {
  n = function(record) return record.n end,
  s = function(record) return record.s end,
  u = function(record) return record.u end,
  id = function(record) return record.id end,
  ["a.b"] = function(record) return record.a and record.a.b end,
}

local function ordered(test)
  return function(value, wanted) return type(value) == type(wanted) and type(value) ~= "boolean" and test(value, wanted) end
end

local tests = {
  ["="] = rawequal,
  ["~="] = function(value, wanted) return not rawequal(value, wanted) end,
  ["<"] = ordered(function(a, b) return a < b end),
  ["<="] = ordered(function(a, b) return a <= b end),
  [">"] = ordered(function(a, b) return a > b end),
  [">="] = ordered(function(a, b) return a >= b end),
}
local text_tests = {
  startsWith = function(value, text) return value:sub(1, #text) == text end,
  endsWith = function(value, text) return text == "" or value:sub(-#text) == text end,
  contains = function(value, text) return value:find(text, 1, true) ~= nil end,
  matches = function(value, text) return value:find(text) ~= nil end,
}

-- What a condition finds, asked of the collection and of its records as a plain table.
local function ask(what, expected, ...)
  same(c:where(...), expected, what)
  same(ext.query(c.rows):where(...), expected, what .. " in a plain table")
  local condition = { ... }
  local hits = {}
  for _, key in ipairs(expected) do hits[c.rows[key]] = true end
  same(c:where_any(condition, { "id", "=", "k5" }), scan(function(record) return hits[record] or record.id == "k5" end), what .. " or")
  same(c:where("s", "=", "s1"):where(...), scan(function(record) return hits[record] and record.s == "s1" end), what .. " and")
end

function compare()
  assert(#c:check() == 0)
  for name, get in next, fields do
    for _, wanted in ipairs({ -2, 0, 1, 2.5, 4, 100, "s1", "s", "k5", true }) do
      for operator, test in next, tests do
        if wanted ~= true or operator == "=" or operator == "~=" then
          ask(name .. " " .. operator, scan(function(record) return test(get(record), wanted) end), name, operator, wanted)
        end
      end
    end
    for operator, test in next, text_tests do
      for _, text in ipairs({ "", "s", "s1", "2", "k" }) do
        ask(name .. " " .. operator, scan(function(record)
          return type(get(record)) == "string" and test(get(record), text)
        end), name, operator, text)
      end
    end
    for _, limits in ipairs({ { 0, 2 }, { 1.5, 1.5 }, { 3, -3 }, { "s0", "s2" } }) do
      ask(name .. " between", scan(function(record)
        return tests[">="](get(record), limits[1]) and tests["<="](get(record), limits[2])
      end), name, "between", limits)
    end
    local set = { [1] = true, [2] = true, s1 = true, k5 = true, [0.5] = true }
    local values = { 1, 2, "s1", "k5", 0.5 }
    ask(name .. " in", scan(function(record) return set[get(record)] ~= nil end), name, "in", values)
    ask(name .. " not-in", scan(function(record) return set[get(record)] == nil end), name, "not-in", values)
    ask(name .. " = nil", scan(function(record) return get(record) == nil end), name, "=", nil)
  end
  same(c:where("half", "=", 1), scan(function(record)
    return math.type(record.n) == "integer" and record.n // 2 == 1
  end), "half")
  same(c:where("n", "=", 2):where("s", "=", "s2"), scan(function(record) return record.n == 2 and record.s == "s2" end), "both")

  -- Order, groups and joins of the records whose n is a whole number.
  local whole = scan(function(record) return math.type(record.n) == "integer" end)
  local numbers = c:where(function(record) return math.type(record.n) == "integer" end)
  same(numbers, whole, "whole")
  local place = {}
  for index, key in ipairs(whole) do place[key] = index end
  table.sort(whole, function(a, b)
    local one, other = c.rows[a], c.rows[b]
    if one.s ~= other.s then return one.s > other.s end
    if one.n ~= other.n then return one.n < other.n end
    return place[a] < place[b]
  end)
  same(numbers:order("s", "desc"):order("n"), whole, "order")
  local sums, counts, kinds = {}, {}, 0
  for _, key in ipairs(whole) do
    local record = c.rows[key]
    kinds = kinds + (counts[record.s] and 0 or 1)
    sums[record.s], counts[record.s] = (sums[record.s] or 0) + record.n, (counts[record.s] or 0) + 1
  end
  local rows = numbers:group("s"):count():sum("n"):avg("n", "mean"):list()
  assert(#rows == kinds)
  for _, row in ipairs(rows) do
    assert(row.count == counts[row.s] and row.sum_n == sums[row.s] and row.mean == sums[row.s] / counts[row.s])
  end
  local joined = numbers:join(others, "n", "other"):list()
  local partners = 0
  for _, key in ipairs(whole) do partners = partners + (others:get(c.rows[key].n) and 1 or 0) end
  assert(#joined == partners and numbers:join(others, "n", "other", "left"):count() == #whole)
  for _, row in ipairs(joined) do assert(row.other.id == row.n) end
  local keys = {}
  for key, record in pairs(c) do
    keys[#keys + 1] = key
    assert(c:get(key) == record)
  end
  assert(#keys == #c)
  for index = 2, #keys do assert(less(keys[index - 1], keys[index])) end
end
