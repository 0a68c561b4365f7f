-- What version_2.image holds. Never changed; a later version gets files of its own.
local shared = 1
local closing = setmetatable({}, { __close = function() _home.closed = (_home.closed or 0) + 1 end })
_home.fresh = coroutine.create(function(...) return "fresh", ... end)
_home.dead = coroutine.create(function() end)
coroutine.resume(_home.dead)
_home.failed = coroutine.create(function() local c <close> = closing error("failed", 0) end)
coroutine.resume(_home.failed)
local function inner(a, ...)
  local t <close> = closing
  for i = a, a + 2 do shared = shared + i coroutine.yield(i, ...) end
  return ...
end
_home.co = coroutine.create(function(...)
  local ok, x, y = pcall(inner, 10, ...)
  print(xpcall(function() coroutine.yield("x") error("y", 0) end, function(m) return m .. "!" end))
  return ok, x, y, shared
end)
coroutine.resume(_home.co, "p", "q")
function _home.shared(n) shared = n or shared return shared end
_home.next = coroutine.wrap(function() for word in ("one two three"):gmatch("%a+") do coroutine.yield(word) end end)
_home.next()
_home.letters = ("abc"):gmatch("%a")
_home.letters()
_home.names = { [_home.co] = "co", [_home.next] = "next" }
_home.iterator = ipairs({})
