-- os.exit ends the run where it is called, whatever is around it. What _home holds is kept.
_home.steps = {}
local function step(name) _home.steps[#_home.steps + 1] = name end
step("before")
pcall(function()
  local guard <close> = setmetatable({}, { __close = function() for _ = 1, 10 do end step("closed") end })
  xpcall(coroutine.wrap(function()
    pcall(coroutine.resume, coroutine.create(function() os.exit(3) end))
    step("after resume")
  end), function() step("handled") end)
  step("after xpcall")
end)
step("after pcall") print("not reached")
--- snapshot
print(table.concat(_home.steps, ", "))
load(function() os.exit(true) end) print("not reached")
--- snapshot
print(pcall(os.exit, "no number"))
debug.sethook(function() os.exit(false) end, "", 1)
print("not reached")
--- snapshot
print(debug.gethook())
table.sort({ 3, 2, 1 }, os.exit)
--- snapshot
xpcall(os.exit, print, 7)
--[[ prints
ended by os.exit with status 3
ended by os.exit with status 0
before
ended by os.exit with status 1
false	bad argument #1 to 'os.exit' (number expected, got string)
ended by os.exit with status 1
nil
ended by os.exit with status 7
]]
