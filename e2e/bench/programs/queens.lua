-- Search: the queens problem on boards of 8 to 11.
-- Result: 3848
local size
local columns, rising, falling = {}, {}, {}

local function place(row)
  if row > size then
    return 1
  end
  local count = 0
  for column = 1, size do
    if not columns[column] and not rising[row + column] and not falling[row - column + size] then
      columns[column], rising[row + column], falling[row - column + size] = true, true, true
      count = count + place(row + 1)
      columns[column], rising[row + column], falling[row - column + size] = false, false, false
    end
  end
  return count
end

local total = 0
for board = 8, 11 do
  size = board
  total = total + place(1)
end
return total
