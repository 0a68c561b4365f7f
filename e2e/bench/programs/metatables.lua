-- Metatables: classes with inheritance, operators, and computed fields.
-- Result: 3875200
local Vector = {}
Vector.__index = Vector
function Vector.new(x, y)
  return setmetatable({ x = x, y = y }, Vector)
end
function Vector.__add(a, b)
  return Vector.new(a.x + b.x, a.y + b.y)
end
function Vector.__eq(a, b)
  return a.x == b.x and a.y == b.y
end
function Vector:dot(other)
  return self.x * other.x + self.y * other.y
end

local Animal = {}
Animal.__index = Animal
function Animal:legs()
  return 4
end
local Bird = setmetatable({}, { __index = Animal })
Bird.__index = Bird
function Bird:wings()
  return 2
end

local total = 0
local step, place = Vector.new(1, 2), Vector.new(0, 0)
for _ = 1, 150000 do
  place = place + step
  if place:dot(step) % 2 == 1 then
    total = total + 1
  end
  if place == step then
    total = total + 200
  end
end
local bird = setmetatable({}, Bird)
for _ = 1, 500000 do
  total = total + bird:legs() + bird:wings()
end
local squares = setmetatable({}, { __index = function(_, n)
  return n % 7
end })
for n = 1, 100000 do
  total = total + squares[n]
end
local log = setmetatable({}, { __newindex = function(self, key, value)
  rawset(self, key, value + 1)
end, __call = function(_, n)
  return n
end, __len = function()
  return 3
end })
for n = 1, 100000 do
  log[n] = n
  total = total + log(2) + #log
end
return total
