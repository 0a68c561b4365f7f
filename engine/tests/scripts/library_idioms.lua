-- What well-known libraries do to be libraries, alone and kept in _home over a restart.
local lib = {}
_home.lib = lib

-- LuLPeg: a number as chunk name. Sources are made of templates, and compiled with an environment.
function lib.compile(template, ...)
  local arguments = { ... }
  local source = template:gsub("%$(%d)", function(index) return tostring(arguments[tonumber(index)]) end)
  return assert(load(source, 7, "t", { math = math }))()
end
lib.add = lib.compile("return function(x) return x + $1, math.max(x, $2) end", 10, 3)

-- etlua: setfenv over upvaluejoin; code made of a text with code in it.
lib.setfenv = function(f, environment)
  local index = 1
  while true do
    local name = debug.getupvalue(f, index)
    if name == "_ENV" then
      debug.upvaluejoin(f, index, function() return environment end, 1)
      return f
    elseif not name then
      return f
    end
    index = index + 1
  end
end
lib.template = function(text)
  local code = { "local _b, _i = {}, 0\n" }
  for plain, sign, inner in (text .. "<%%>"):gmatch("(.-)<%%(=?)(.-)%%>") do
    code[#code + 1] = ("_i = _i + 1 _b[_i] = %q\n"):format(plain)
    code[#code + 1] = sign == "=" and ("_i = _i + 1 _b[_i] = _tostring(%s)\n"):format(inner) or inner .. "\n"
  end
  code[#code + 1] = "return _concat(_b)"
  local f = assert(load(table.concat(code), "etlua"))
  return function(environment)
    local base = { _tostring = tostring, _concat = table.concat }
    return lib.setfenv(f, setmetatable(base, { __index = environment }))()
  end
end
lib.page = lib.template("Hello <%= name %>:<% for i = 1, count do %> <%= i * 2 %><% end %>!")

-- luaunit: the environment of the process, tests by name, errors as tables with tracebacks.
lib.output = os.getenv("LUAUNIT_OUTPUT") or "text"
lib.run_tests = function(tests)
  local names, report = {}, {}
  for name in pairs(tests) do if name:lower():find("^test") then names[#names + 1] = name end end
  table.sort(names)
  for _, name in ipairs(names) do
    local ok, e = xpcall(tests[name], function(e)
      return { message = e, trace = debug.traceback("", 1):gsub("[^\n]+", "", 1) }
    end)
    local message = not ok and type(e.message) == "table" and e.message.class or not ok and e.message:gsub("^.-:%d+: ", "")
    report[#report + 1] = name .. "=" .. (ok and "ok" or message)
  end
  return table.concat(report, " ")
end

-- json.lua: a parser by patterns and positions, with the place in its errors.
lib.escape = function(c) return ({ ['"'] = '\\"', ["\n"] = "\\n" })[c] or ("\\u%04x"):format(c:byte()) end
lib.encode = function(value, stack)
  stack = stack or {}
  if type(value) == "table" then
    if stack[value] then error("circular reference") end
    stack[value] = true
    local parts = {}
    if rawget(value, 1) ~= nil or next(value) == nil then
      for _, item in ipairs(value) do parts[#parts + 1] = lib.encode(item, stack) end
      stack[value] = nil
      return "[" .. table.concat(parts, ",") .. "]"
    end
    for key, item in pairs(value) do parts[#parts + 1] = lib.encode(key, stack) .. ":" .. lib.encode(item, stack) end
    table.sort(parts)
    stack[value] = nil
    return "{" .. table.concat(parts, ",") .. "}"
  elseif type(value) == "string" then
    return '"' .. value:gsub('[%c"]', lib.escape) .. '"'
  elseif type(value) == "number" then
    if value ~= value or value <= -math.huge or value >= math.huge then error("unexpected number value") end
    return ("%.14g"):format(value)
  end
  return tostring(value)
end

-- middleclass: metamethods that subclasses inherit, calls of classes, weak lists of subclasses.
local function propagate(class, name, f)
  class.__dict[name] = f
  for subclass in pairs(class.subclasses) do
    if rawget(subclass.declared, name) == nil then propagate(subclass, name, f) end
  end
end
lib.class = function(name, super)
  local dict = {}
  dict.__index = dict
  local class = { name = name, super = super, __dict = dict, declared = {}, subclasses = setmetatable({}, { __mode = "k" }) }
  if super then
    for key, value in pairs(super.__dict) do if key ~= "__index" then dict[key] = value end end
    super.subclasses[class] = true
  end
  return setmetatable(class, {
    __index = dict,
    __tostring = function() return "class " .. name end,
    __call = function(self, ...)
      local object = setmetatable({ class = self }, self.__dict)
      object:initialize(...)
      return object
    end,
    __newindex = function(self, key, f) self.declared[key] = f propagate(self, key, f) end,
  })
end
lib.Point = lib.class("Point")
function lib.Point:initialize(x, y) self.x, self.y = x, y end
lib.Point3 = lib.class("Point3", lib.Point)
function lib.Point.__add(a, b) return a.class(a.x + b.x, a.y + b.y) end
function lib.Point.__tostring(p) return p.class.name .. "(" .. p.x .. ", " .. p.y .. ")" end
function lib.Point.__eq(a, b) return a.x == b.x and a.y == b.y end
function lib.Point.__lt(a, b) return a.x < b.x end

-- inspect.lua: keys of all types in one order, ids of tables, quoted strings.
lib.inspect = function(root)
  local rank = { number = 1, boolean = 2, string = 3, table = 4 }
  local ids, count, out = {}, 0, {}
  local function put(value)
    if type(value) == "string" then
      out[#out + 1] = ("%q"):format(value):gsub("\\\n", "\\n")
    elseif type(value) ~= "table" then
      out[#out + 1] = tostring(value)
    elseif ids[value] then
      out[#out + 1] = "<table " .. ids[value] .. ">"
    else
      count = count + 1
      ids[value] = count
      out[#out + 1] = "<" .. count .. ">{"
      local keys = {}
      for key in pairs(value) do keys[#keys + 1] = key end
      table.sort(keys, function(a, b)
        local ra, rb = rank[type(a)] or 9, rank[type(b)] or 9
        if ra ~= rb then return ra < rb end
        return ra == 2 and (not a and b) or ra ~= 2 and a < b
      end)
      for _, key in ipairs(keys) do
        out[#out + 1] = " [" .. tostring(key) .. "] = "
        put(rawget(value, key))
      end
      if getmetatable(value) then out[#out + 1] = " <metatable> = " put(getmetatable(value)) end
      out[#out + 1] = " }"
    end
  end
  put(root)
  return table.concat(out)
end

-- Penlight: functions from texts, the separator of paths, strict globals.
lib.lambda = function(text)
  local parameters, body = text:match("^|([^|]*)|(.*)$")
  return assert(load("return function(" .. parameters .. ") return " .. body .. " end", "=lambda"))()
end
lib.is_windows = package.config:sub(1, 1) == "\\"
lib.strict = function(environment)
  return setmetatable(environment, {
    __newindex = function(t, name, value)
      local what = debug.getinfo(2, "S").what
      if what ~= "main" and what ~= "C" then error("assign to undeclared variable '" .. name .. "'", 2) end
      rawset(t, name, value)
    end,
    __index = function(_, name) error("variable '" .. name .. "' is not declared", 2) end,
  })
end

-- fennel: a searcher of modules, code made and run under a name, tracebacks read.
lib.install = function(sources)
  table.insert(package.searchers, function(name)
    local source = sources[name]
    if not source then return "\n\tno source '" .. name .. "'" end
    return function(...) return assert(load(source, "@" .. name .. ".fnl"))(...) end, name .. ".fnl"
  end)
end
lib.traceback = function(f)
  return select(2, xpcall(f, function(e) return debug.traceback(e, 2):match("^[^\n]+") end))
end

-- pure_lua_SHA: integers that wrap, formats of them, packed numbers.
lib.fnv = function(text)
  local hash = 0xcbf29ce484222325
  for index = 1, #text do hash = (hash ~ text:byte(index)) * 0x100000001b3 end
  return ("%016x"):format(hash)
end
lib.rotate = function(x, n) return ((x << n) | (x >> (32 - n))) & 0xffffffff end

-- argparse: methods that give themselves, messages to the error stream, a run that ends.
lib.parser = function(name)
  local options = {}
  local parser = setmetatable({}, { __index = {
    option = function(self, flag, default) options[flag] = default return self end,
    parse = function(_, arguments)
      local found = setmetatable({}, { __index = options })
      for index = 1, #arguments, 2 do
        if options[arguments[index]] == nil then
          io.stderr:write(("Usage: %s\n\nError: unknown option '%s'\n"):format(name, arguments[index]))
          os.exit(1)
        end
        found[arguments[index]] = arguments[index + 1]
      end
      return found
    end,
  } })
  return parser
end

-- binser: numbers and strings as bytes.
lib.pack = function(...)
  local bytes = {}
  for _, value in ipairs({ ... }) do
    bytes[#bytes + 1] = math.type(value) == "integer" and "\1" .. string.pack(">i8", value)
      or type(value) == "number" and "\2" .. string.pack(">d", value) or "\3" .. string.pack(">s4", value)
  end
  return table.concat(bytes)
end
lib.unpack = function(bytes)
  local values, at, formats = {}, 1, { ">i8", ">d", ">s4" }
  while at <= #bytes do
    values[#values + 1], at = string.unpack(formats[bytes:byte(at)], bytes, at + 1)
  end
  return table.unpack(values)
end

function lib.check()
  print(lib.add(5))
  print(lib.page({ name = "Ada", count = 3 }), lib.page({ name = 5, count = 0 }))
  print(lib.output, lib.run_tests({
    test_good = function() assert(true) end,
    test_bad = function() error("bad") end,
    TestTable = function() error({ class = "raised" }) end,
    other = error,
  }))
  print(lib.encode({ 1, 2.5, "a\"b\n\1", { x = true, y = {} } }), pcall(lib.encode, { 0 / 0 }))
  local a, b = lib.Point3(1, 2), lib.Point3(3, 4)
  print(tostring(a + b), a == lib.Point3(1, 2), a < b, tostring(lib.Point3), lib.Point3.super == lib.Point)
  local shared = { "x" }
  print(lib.inspect(setmetatable({ 1, shared, [true] = shared, name = "line\n", [2.5] = {} }, { __mode = "k" })))
  print(lib.lambda("|x, y| x * y")(6, 7), lib.is_windows, debug.getinfo(lib.lambda("|| 1"), "S").source)
  local environment = lib.strict({ known = 1 })
  print(pcall(load("return known", "=strict", "t", environment)), pcall(load("return unknown", "=strict", "t", environment)))
  print(lib.fnv("hello"), ("%08x"):format(lib.rotate(0x80000001, 4)), lib.unpack(lib.pack(-5, 0.1, "text", 1 << 62)))
  lib.install({ ["made.up"] = "local name, file = ... return { name = name, file = file }" })
  local made, file = require("made.up")
  print(made.name, made.file, file, select(2, pcall(require, "nowhere")):match("no source[^\n]*"))
  print(lib.traceback(function() error("here") end))
  print(lib.parser("tool"):option("-n", 1):parse({ "-n", "5" })["-n"])
end
lib.check()
--- snapshot
_home.lib.check()
_home.lib.parser("tool"):option("-n"):parse({ "-x", "5" })
print("not reached")
--[[ prints
15	5
Hello Ada: 2 4 6!	Hello 5:!
text	TestTable=raised test_bad=bad test_good=ok
[1,2.5,"a\"b\n\u0001",{"x":true,"y":[]}]	false	main.lua:78: unexpected number value
Point3(4, 6)	true	true	class Point3	true
<1>{ [1] = 1 [2] = <2>{ [1] = "x" } [2.5] = <3>{ } [true] = <table 2> [name] = "line\n" <metatable> = <4>{ [__mode] = "k" } }
42	false	=lambda
true	false	strict:1: variable 'unknown' is not declared
a430d84680aabd0b	00000018	-5	0.1	text	4611686018427387904
made.up	made.up.fnl	made.up.fnl	no source 'nowhere'
main.lua:247: here
5
ended by os.exit with status 1
15	5
Hello Ada: 2 4 6!	Hello 5:!
text	TestTable=raised test_bad=bad test_good=ok
[1,2.5,"a\"b\n\u0001",{"x":true,"y":[]}]	false	main.lua:78: unexpected number value
Point3(4, 6)	true	true	class Point3	true
<1>{ [1] = 1 [2] = <2>{ [1] = "x" } [2.5] = <3>{ } [true] = <table 2> [name] = "line\n" <metatable> = <4>{ [__mode] = "k" } }
42	false	=lambda
true	false	strict:1: variable 'unknown' is not declared
a430d84680aabd0b	00000018	-5	0.1	text	4611686018427387904
made.up	made.up.fnl	made.up.fnl	no source 'nowhere'
main.lua:247: here
5
Usage: tool

Error: unknown option '-x'
]]
