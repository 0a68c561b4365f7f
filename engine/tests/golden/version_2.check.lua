local function same(expected, ...)
  local found = table.pack(...)
  for i = 1, found.n do found[i] = tostring(found[i]) end
  local text = table.concat(found, " ")
  assert(text == expected, text)
end
same("true fresh 1", coroutine.resume(_home.fresh, 1))
same("dead dead", coroutine.status(_home.dead), coroutine.status(_home.failed))
same("false failed", coroutine.close(_home.failed))
assert(_home.closed == 1)
assert(_home.names[_home.co] == "co" and _home.names[_home.next] == "next")
assert(_home.shared() == 11)
_home.shared(100)
same("true 11 p q", coroutine.resume(_home.co))
same("true 12 p q", coroutine.resume(_home.co))
local print, printed = print
function _G.print(...) printed = table.pack(...) end
same("true x", coroutine.resume(_home.co))
assert(_home.closed == 2)
same("true true p q 123", coroutine.resume(_home.co))
_G.print = print
same("false y!", table.unpack(printed))
same("two three", _home.next(), _home.next())
same("b c", _home.letters(), _home.letters())
assert(_home.iterator == ipairs({}))
