-- A function that remembers what it has found. The memory is under _home, so
-- the second run finds everything there and has nothing to do.
local calls = 0

local function memoised(memory, compute)
  local function call(n)
    local known = memory[n]
    if known == nil then
      calls = calls + 1
      known = compute(n, call)
      memory[n] = known
    end
    return known
  end
  return call
end

_home.fibonacci = _home.fibonacci or { 1, 1 }

local fibonacci = memoised(_home.fibonacci, function(n, fibonacci)
  return fibonacci(n - 1) + fibonacci(n - 2)
end)

for _, n in ipairs({ 10, 50, 90 }) do
  print("fibonacci(" .. n .. ") = " .. fibonacci(n))
end
print("Computed in this run: " .. calls)
