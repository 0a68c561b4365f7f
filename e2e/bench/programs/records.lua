-- Fields: records with string keys, made, read and changed.
-- Result: 42580000
local points = {}
for n = 1, 1000 do
  points[n] = { x = n, y = n * 2, z = 0, name = "p", active = n % 2 == 0 }
end
local total = 0
for _ = 1, 2500 do
  for n = 1, #points do
    local point = points[n]
    if point.active then
      point.x, point.y = point.y, point.x
    else
      point.z = point.z + point.x % 3
    end
  end
end
for _, point in ipairs(points) do
  total = total + point.z
  total = total + (point.active and point.x or 0) * 165 + (point.active and 0 or point.y % 2)
end
return total
