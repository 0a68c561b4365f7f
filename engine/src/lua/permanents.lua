-- Names what can be reached from some tables by string keys, before any program runs. Gets the globals that are left out,
-- and a sequence of paths and tables to begin with; returns the values by path, and the names of the other globals.

local excluded, queue = ...
local paths, is_named, globals = {}, {}, {}
local first = 1
while queue[first] do
  local path, permanent = queue[first], queue[first + 1]
  first = first + 2
  if not is_named[permanent] then
    is_named[permanent], paths[path] = true, permanent
    local keys = {}
    for key in next, permanent do
      if path ~= "_G" or not excluded[key] then
        table.insert(keys, key)
      end
    end
    table.sort(keys)
    for _, key in ipairs(keys) do
      local value, place = permanent[key], path .. "." .. key
      if path == "_G" then
        globals[key], place = true, key
      end
      if type(value) == "table" then
        table.insert(queue, place)
        table.insert(queue, value)
      elseif (type(value) == "function" or type(value) == "userdata") and not is_named[value] then
        is_named[value], paths[place] = true, value
      end
    end
  end
end
-- Iterators, which no table holds: all that a function returns share them.
paths["<ipairs iterator>"] = ipairs(paths)
paths["<utf8.codes iterator>"] = utf8.codes("")
paths["<lax utf8.codes iterator>"] = utf8.codes("", true)
return { paths, globals }
