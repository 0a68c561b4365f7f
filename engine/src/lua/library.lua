-- The part of the library that is written in Lua. Gets the primitives of library.rs as arguments.

os.clock, os.exit = ...

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
ext = { table = function() return {} end }

-- Lua 5.1's name for it.
unpack = table.unpack

_io = {}
_home = {}
