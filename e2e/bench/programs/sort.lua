-- Sort: numbers by the built-in order, records and strings by comparing functions.
-- Result: sorted
local seed = 7
local function random()
  seed = (seed * 3877 + 29573) % 139968
  return seed
end

local numbers, records, names = {}, {}, {}
for n = 1, 100000 do
  numbers[n] = random()
end
for n = 1, 30000 do
  records[n] = { key = random(), place = n }
  names[n] = "name " .. random()
end
table.sort(numbers)
table.sort(records, function(a, b)
  if a.key ~= b.key then
    return a.key < b.key
  end
  return a.place < b.place
end)
table.sort(names, function(a, b)
  return a > b
end)
for n = 2, #numbers do
  if numbers[n - 1] > numbers[n] then
    return "numbers are out of order"
  end
end
for n = 2, #records do
  if records[n - 1].key > records[n].key or names[n - 1] < names[n] then
    return "records are out of order"
  end
end
return "sorted"
