-- Closures: made in loops, called through upvalues, composed.
-- Result: 2200000
local function counter(step)
  local count = 0
  return function()
    count = count + step
    return count
  end, function(by)
    step = step + by
  end
end

local function compose(f, g)
  return function(x)
    return f(g(x))
  end
end

local total = 0
for n = 1, 200000 do
  local advance, change = counter(n % 5)
  advance()
  change(2)
  total = total + advance()
end
local add = function(x)
  return x + 1
end
local chain = add
for _ = 1, 9 do
  chain = compose(chain, add)
end
for n = 1, 100000 do
  total = total + chain(n) - n
end
return total
