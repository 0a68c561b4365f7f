-- What may be said of a collection's fields and indexes, and whether records keep to it.

local kinds = { "string", "number", "integer", "boolean", "table", "function", "any" }

local function is_of(value, kind)
  return kind == "any" or type(value) == kind or kind == "integer" and math.type(value) == "integer"
end

local function check_names(what, options, known)
  for name in next, options do
    if not known[name] then
      fail("%s has no option %s", what, shown(name))
    end
  end
end

-- A schema in full: a list of rules in the order of their fields.
local function rules_of(schema)
  if type(schema) ~= "table" then
    fail("a schema is a table of fields, not %s", shown(schema))
  end
  local rules = {}
  for place, field in ipairs(sorted_keys(schema)) do
    local given = schema[field]
    local rule = type(given) == "string" and { type = given } or given
    if type(rule) ~= "table" then
      fail('the schema of "%s" is %s, not the name of a type or a table', tostring(checked_field(field)), shown(given))
    end
    check_names("a field of a schema", rule, { type = true, required = true, default = true })
    rule = { field = checked_field(field), type = rule.type or "any", required = rule.required, default = rule.default }
    local is_known = false
    for _, kind in ipairs(kinds) do
      is_known = is_known or kind == rule.type
    end
    if not is_known then
      fail('"%s" has the unknown type %s; types are %s', field, shown(rule.type), table.concat(kinds, ", "))
    end
    local default = rule.default
    if default ~= nil and steps_of(field) then
      fail('"%s" cannot have a default: only fields of the record itself can', field)
    elseif type(default) == "table" then
      fail('the default of "%s" is a table, which all records would share; give a function that makes one', field)
    elseif default ~= nil and type(default) ~= "function" and not is_of(default, rule.type) then
      fail('the default of "%s" is %s, which is no %s', field, shown(default), rule.type)
    end
    rules[place] = rule
  end
  return rules
end

-- What is wrong with a record; nil if it keeps to the rules. Then also the record, or a copy if fields have to be filled, and
-- these fields.
local function flaw(c, record, key)
  local rules = rawget(c, "schema")
  local result, added = record, nil
  for place = 1, rules and #rules or 0 do
    local rule = rules[place]
    local value = getter(rule.field)(record)
    if value == nil and rule.default ~= nil then
      value = rule.default
      if type(value) == "function" and rule.type ~= "function" then
        value = value()
      end
      if not added then
        result, added = debug.setmetatable(copied(record), debug.getmetatable(record)), {}
      end
      rawset(result, rule.field, value)
      added[rule.field] = value
    end
    if value == nil then
      if rule.required then
        return string.format('%s: record %s has no "%s"', c.name, shown(key), rule.field)
      end
    elseif not is_of(value, rule.type) then
      local wrong = '%s: "%s" of record %s must be of type %s, and is %s'
      return string.format(wrong, c.name, rule.field, shown(key), rule.type, shown(value))
    end
  end
  return nil, result, added
end

-- As `flaw`, for a record that has to be right.
local function filled(c, record, key)
  local problem, result, added = flaw(c, record, key)
  if problem then
    fail("%s", problem)
  end
  return result, added
end

-- The key that a record names.
local function key_of(c, record)
  if type(record) ~= "table" then
    fail("%s: a record is a table, not %s", c.name, shown(record))
  end
  local key = getter(c.key)(record)
  if not has_order(key) then
    fail('%s: the "%s" of a record must be a string or a number, and is %s', c.name, c.key, shown(key))
  end
  return normal(key)
end

-- An index as it is saved.
local function definition_of(given)
  if type(given) ~= "table" then
    given = { given }
  end
  local definition = { name = given.name, by = given.by, unique = given.unique and true or nil }
  local fields = {}
  for key, field in next, given do
    if math.type(key) == "integer" then
      fields[key] = checked_field(field)
    elseif key ~= "name" and key ~= "by" and key ~= "unique" then
      fail("an index has no option %s", shown(key))
    end
  end
  if definition.by ~= nil then
    if type(definition.by) ~= "function" or #fields > 0 or type(definition.name) ~= "string" then
      fail('an index by a function has a name, and no fields: { name = "initial", by = function(record) ... end }')
    end
  else
    definition.fields = fields
    definition.name = definition.name or table.concat(fields, ", ")
    if #fields == 0 or type(definition.name) ~= "string" then
      fail('an index names its fields, such as "city" or { "last", "first", unique = true }')
    end
  end
  return definition
end

local function is_same(one, other)
  return other and not one.by and not other.by and one.unique == other.unique
    and table.concat(one.fields, "\0") == table.concat(other.fields, "\0")
end

-- Fails if two records have the same value in an index that is to be unique.
local function check_unique(c, definition)
  local index = new_index(definition)
  for _, key in ipairs(sorted_keys(c.rows)) do
    local record = rawget(c.rows, key)
    local value
    if type(record) == "table" then
      value = value_for(index, record, key)
    end
    local other = value ~= nil and definition.unique and index.groups[value]
    if other then
      local keys = sorted({ key, other })
      fail('%s: records %s and %s have the same "%s"', c.name, shown(keys[1]), shown(keys[2]), definition.name)
    end
    file(index, key, value)
  end
end
