-- Table library: a queue and a stack by insert and remove, unpack and concat.
-- Result: 100280
local insert, remove, unpack, concat = table.insert, table.remove, table.unpack, table.concat
local total = 0
for _ = 1, 40 do
  local list = {}
  for n = 1, 1100 do
    insert(list, n)
  end
  for _ = 1, 200 do
    insert(list, 1, remove(list))
    total = total + remove(list, 1) % 2
  end
  for first = 1, 1000, 10 do
    local a, b, c = unpack(list, first, first + 2)
    total = total + #concat({ a, b, c }, ",") + select("#", unpack(list, first, first + 9))
  end
  while #list > 0 do
    total = total + remove(list) % 2
  end
end
return total
