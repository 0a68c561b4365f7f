-- Throws two dice a hundred times, and adds what they show to what earlier
-- runs have seen. The more runs, the smoother the plot.
_home.throws = _home.throws or {}
local throws = _home.throws

-- With this, everybody gets the same dice. Leave it out for dice of your own.
math.randomseed(#throws)
for _ = 1, 100 do
  throws[#throws + 1] = math.random(6) + math.random(6)
end

local function mean(values)
  local sum = 0
  for _, value in ipairs(values) do
    sum = sum + value
  end
  return sum / #values
end

local function median(values)
  local sorted = table.move(values, 1, #values, 1, {})
  table.sort(sorted)
  local middle = #sorted // 2
  if #sorted % 2 == 1 then
    return sorted[middle + 1]
  end
  return (sorted[middle] + sorted[middle + 1]) / 2
end

local function deviation(values)
  local center, sum = mean(values), 0
  for _, value in ipairs(values) do
    sum = sum + (value - center) ^ 2
  end
  return math.sqrt(sum / (#values - 1))
end

-- A line for each sum of two dice, with a mark for each percent.
local function plot(values)
  local counts = {}
  for _, value in ipairs(values) do
    counts[value] = (counts[value] or 0) + 1
  end
  for value = 2, 12 do
    local percent = math.floor(100 * (counts[value] or 0) / #values + 0.5)
    print(string.format("%2d | %-22s %2d %%", value, ("#"):rep(percent), percent))
  end
end

print(#throws .. " throws")
print(string.format("mean      %5.2f", mean(throws)))
print(string.format("median    %5.2f", median(throws)))
print(string.format("deviation %5.2f", deviation(throws)))
plot(throws)
