-- The part of the library that is written in Lua. Gets the primitives of library.rs as arguments.

local compile, write, read_line, monotonic_seconds = ...
local type, error, select, tostring, pairs, setmetatable = type, error, select, tostring, pairs, setmetatable
local concat, find, sub, tonumber = table.concat, string.find, string.sub, tonumber
local math_type = math.type

-- Text only: binary chunks can break the VM.
local function load_text(text, name, mode, has_environment, environment)
  if sub(text, 1, 1) == "\27" then
    return nil, "attempt to load a binary chunk (binary chunks are not accepted)"
  elseif mode ~= nil and not find(mode, "t", 1, true) then
    return nil, "attempt to load a text chunk (mode is '" .. mode .. "')"
  end
  return compile(text, name, has_environment, environment)
end

local function pieces_of(reader)
  local pieces = {}
  while true do
    local piece = reader()
    if piece == nil or piece == "" then
      return concat(pieces)
    elseif type(piece) ~= "string" then
      error("reader function must return a string", 3)
    end
    pieces[#pieces + 1] = piece
  end
end

local function check_type(value, expected, index, name, optional)
  if type(value) ~= expected and not (optional and value == nil) then
    local actual = value == nil and "no value" or type(value)
    error("bad argument #" .. index .. " to '" .. name .. "' (" .. expected .. " expected, got " .. actual .. ")", 3)
  end
end

function load(chunk, name, mode, ...)
  if type(chunk) == "number" then
    chunk = tostring(chunk)
  end
  check_type(name, "string", 2, "load", true)
  check_type(mode, "string", 3, "load", true)
  local text = chunk
  if type(chunk) == "function" then
    text = pieces_of(chunk)
    name = name or "=(load)"
  else
    check_type(chunk, "string", 1, "load")
  end
  return load_text(text, name or text, mode, select("#", ...) > 0, (...))
end

dofile, loadfile = nil, nil
string.dump = nil

for name in pairs(debug) do
  if name ~= "traceback" and name ~= "getinfo" and name ~= "getlocal" and name ~= "getupvalue"
    and name ~= "upvalueid" and name ~= "getmetatable" then
    debug[name] = nil
  end
end

for name in pairs(os) do
  if name ~= "date" and name ~= "difftime" and name ~= "time" then
    os[name] = nil
  end
end

function os.clock()
  return monotonic_seconds()
end

-- io: the console is all there is.

local function new_stream(stream)
  return setmetatable({}, { __index = stream, __name = "FILE*", __tostring = function() return stream.name end })
end

local function write_all(number, self, name, ...)
  for index = 1, select("#", ...) do
    local value = select(index, ...)
    if math_type(value) then
      value = tostring(value)
    elseif type(value) ~= "string" then
      local actual = value == nil and "nil" or type(value)
      error("bad argument #" .. index .. " to '" .. name .. "' (string expected, got " .. actual .. ")", 3)
    end
    write(number, value)
  end
  return self
end

local function read_one(format)
  format = type(format) == "string" and format:gsub("^%*", "") or format
  if format == "l" or format == "L" then
    local line = read_line()
    return line and (format == "L" and line .. "\n" or line)
  elseif format == "n" then
    local line = read_line()
    return line and tonumber(line)
  elseif format == "a" then
    local lines = {}
    for line in read_line do
      lines[#lines + 1] = line .. "\n"
    end
    return concat(lines)
  elseif math_type(format) == "integer" then
    local line = read_line()
    return line and sub(line, 1, format)
  end
  error("bad argument #1 to 'read' (invalid format)", 3)
end

local function read(...)
  if select("#", ...) == 0 then
    return read_one("l")
  end
  local results = table.pack(...)
  for index = 1, results.n do
    results[index] = read_one(results[index])
  end
  return table.unpack(results, 1, results.n)
end

local function lines(format)
  return function() return read_one(format or "l") end
end

local stdout, stderr
stdout = new_stream {
  name = "file (stdout)",
  write = function(self, ...) return write_all(1, self, "write", ...) end,
  flush = function(self) return self end,
  setvbuf = function() return true end,
  close = function() return nil, "cannot close the console" end,
}
stderr = new_stream {
  name = "file (stderr)",
  write = function(self, ...) return write_all(2, self, "write", ...) end,
  flush = function(self) return self end,
  setvbuf = function() return true end,
  close = function() return nil, "cannot close the console" end,
}

io = {
  stdout = stdout,
  stderr = stderr,
  stdin = new_stream {
    name = "file (stdin)",
    read = function(_, ...) return read(...) end,
    lines = function(_, format) return lines(format) end,
    close = function() return nil, "cannot close the console" end,
  },
  write = function(...) return write_all(1, stdout, "write", ...) end,
  read = read,
  lines = function(name, format)
    if name ~= nil then
      error(tostring(name) .. ": there are no files here", 2)
    end
    return lines(format)
  end,
  open = function(name)
    return nil, tostring(name) .. ": there are no files here", 2
  end,
  type = function(value)
    return (value == stdout or value == stderr or value == io.stdin) and "file" or nil
  end,
}

-- Modules: what was loaded or registered; there are no files to search.

local loaded = {}
for name, value in pairs(_G) do
  if type(value) == "table" then
    loaded[name] = value
  end
end
package = { loaded = loaded, preload = {}, path = "", cpath = "", config = "/\n;\n?\n!\n-\n" }
loaded.package, loaded.io = package, io

function require(name)
  check_type(name, "string", 1, "require")
  local module = package.loaded[name]
  if module ~= nil then
    return module
  end
  local loader = package.preload[name]
  if loader == nil then
    error("module '" .. name .. "' not found:\n\tno field package.preload['" .. name .. "']", 2)
  end
  module = loader(name, ":preload:")
  if module ~= nil then
    package.loaded[name] = module
  elseif package.loaded[name] == nil then
    package.loaded[name] = true
  end
  return package.loaded[name], ":preload:"
end

-- Programs written for earlier versions of cu make tables with ext.table().
ext = { table = function() return {} end }

-- Lua 5.1's name for it.
unpack = table.unpack

_io = {}
_home = {}
