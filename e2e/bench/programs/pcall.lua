-- Errors: calls that succeed under pcall, and errors thrown and caught at some depth.
-- Result: 475000
local caught, passed = 0, 0
local function may_fail(n)
  if n % 2 == 0 then
    error("even")
  end
  return n
end
local function deep(n, depth)
  if depth == 0 then
    error({ code = n })
  end
  return (deep(n, depth - 1))
end
for n = 1, 60000 do
  local ok = pcall(may_fail, n)
  if ok then
    passed = passed + 1
  else
    caught = caught + 1
  end
end
for n = 1, 15000 do
  local _, problem = pcall(deep, n, 5)
  if problem.code == n then
    caught = caught + 1
  end
end
for n = 1, 400000 do
  passed = passed + select("#", pcall(math.abs, n)) - 1
end
return caught + passed
