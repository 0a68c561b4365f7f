-- Gets the permanents by path, and what was forked if that is to live here. Else returns what a fresh VM does not have: the
-- entries of permanent tables, and their metatables, by path. Calls no metamethod, and nothing that a program can replace.

local permanents, forked = ...
local next, type, rawget, rawset, rawequal =
  permanents.next, permanents.type, permanents.rawget, permanents.rawset, permanents.rawequal
local getmetatable, setmetatable = permanents["debug.getmetatable"], permanents["debug.setmetatable"]

if forked then
  for path, entries in next, forked[1] do
    for key, value in next, entries do
      rawset(permanents[path], key, value)
    end
  end
  for path, metatable in next, forked[2] do
    setmetatable(permanents[path], metatable)
  end
  return
end

local all, metatables = {}, {}
for path, permanent in next, permanents do
  if type(permanent) == "table" then
    local prefix, entries = path == "_G" and "" or path .. ".", {}
    for key, value in next, permanent do
      -- Numbers and texts that every VM has are not told apart, which does no harm.
      if type(key) ~= "string" or not rawequal(permanents[prefix .. key], value) then
        entries[key] = value
      end
    end
    all[path] = entries
    metatables[path] = getmetatable(permanent)
  end
end
-- Each VM makes this name of `_home` itself.
local globals = all._G
if rawequal(globals.Memory, globals._home) then
  globals.Memory = nil
end
return { all, metatables }
