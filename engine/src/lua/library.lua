-- The part of the library that is written in Lua. Gets the primitives of library.rs as arguments.

local load_records
os.clock, os.exit, load_records = ...

-- What a page cannot do says so.

function string.dump()
  error("string.dump is not available: functions are kept as source text, never as bytecode", 2)
end

function os.execute(command)
  if command ~= nil then
    error("os.execute is not available: there are no processes here", 2)
  end
  return false
end

function package.loadlib()
  error("package.loadlib is not available: there are no native libraries here", 2)
end

function debug.getregistry()
  error("debug.getregistry is not available: the registry is the engine's", 2)
end

-- No searcher for native libraries.
package.searchers[4], package.searchers[3] = nil, nil

-- Programs written for earlier versions of cu make tables with ext.table().
ext = { table = function() return {} end, Collection = {}, Query = {} }

-- Collections, queries and transactions, in a file that is loaded when a program first uses them. What refers to them does not
-- change then, so that snapshots name them whether or not they are loaded. Lua's own library goes there as it is now.
local own, records = {}
for name, value in next, _G do
  own[name] = value
  if type(value) == "table" and value ~= _G then
    own[name] = {}
    for key, item in next, value do own[name][key] = item end
  end
end

local function later(class, name)
  return function(...)
    records = records or load_records(own)
    return records[class][name](...)
  end
end

for class, names in next, {
  Collection = "put put_all update delete get check reindex index drop_index __pairs __len",
  Query = "",
} do
  names = names .. " where where_any order limit offset select group join list each first count sum min max avg explain"
  for name in names:gmatch("%g+") do ext[class][name] = later(class, name) end
  ext[class].__index = ext[class]
end
ext.collection, ext.query, ext.transaction = later("ext", "collection"), later("ext", "query"), later("ext", "transaction")

-- Lua 5.1's name for it.
unpack = table.unpack

_io = {}
_home = {}
