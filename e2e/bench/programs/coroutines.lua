-- Coroutines: a pipeline of generators, and many short ones.
-- Result: 3060000
local yield, wrap = coroutine.yield, coroutine.wrap
local function numbers(last)
  return wrap(function()
    for n = 1, last do
      yield(n)
    end
  end)
end

local function only_even(source)
  return wrap(function()
    for n in source do
      if n % 2 == 0 then
        yield(n, true)
      end
    end
  end)
end

local total = 0
for _ = 1, 3 do
  for n in only_even(numbers(40000)) do
    total = total + n % 100
  end
end
for n = 1, 10000 do
  for value in numbers(3) do
    total = total + value
  end
end
local function ping(value)
  while true do
    value = yield(value + 1)
  end
end
local partner, value = coroutine.create(ping), 0
for _ = 1, 60000 do
  _, value = coroutine.resume(partner, value)
end
return total + value
