-- Errors and tracebacks of a restored function show the right place.
function _home.fail()
  local t
  return t.x
end
function _home.raise(m) error(m) end
--- snapshot
print(pcall(_home.fail))
print(pcall(_home.raise, "on purpose"))
print(select(2, pcall(_home.raise, { code = 7 })).code)
--[[ prints
false	main.lua:4: attempt to index a nil value (local 't')
false	main.lua:6: on purpose
7
]]
