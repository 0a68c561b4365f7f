-- A coroutine is a function that can pause. It keeps its place until it is
-- resumed, also while the page is closed.

-- A generator: gives the primes one by one, without end.
local function primes()
  return coroutine.wrap(function()
    local found = {}
    local candidate = 2
    while true do
      local is_prime = true
      for _, prime in ipairs(found) do
        if prime * prime > candidate then
          break
        end
        if candidate % prime == 0 then
          is_prime = false
          break
        end
      end
      if is_prime then
        found[#found + 1] = candidate
        coroutine.yield(candidate)
      end
      candidate = candidate + 1
    end
  end)
end

-- A generator over another: only its first `count` values.
local function take(count, values)
  return coroutine.wrap(function()
    for _ = 1, count do
      coroutine.yield(values())
    end
  end)
end

_home.primes = {}
for prime in take(10, primes()) do
  table.insert(_home.primes, prime)
end
print("Primes: " .. table.concat(_home.primes, " "))

-- A generator under _home goes on where it was: reload the page, and run
-- this again.
_home.more = _home.more or primes()
print("Three more: " .. _home.more() .. " " .. _home.more() .. " " .. _home.more())

-- A scheduler: each task runs up to its next yield, then it is the turn of
-- the next one.
local tasks = {}

local function start(name, steps)
  local task = coroutine.create(function()
    for step = 1, steps do
      print(name .. ": step " .. step .. " of " .. steps)
      coroutine.yield()
    end
    return name .. " is done"
  end)
  table.insert(tasks, task)
end

start("Wash", 2)
start("Cook", 3)
start("Read", 1)

while #tasks > 0 do
  local task = table.remove(tasks, 1)
  local ok, result = coroutine.resume(task)
  if not ok then
    print("failed: " .. result)
  elseif coroutine.status(task) == "dead" then
    print(result)
  else
    table.insert(tasks, task)
  end
end
