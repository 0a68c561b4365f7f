-- Garbage: binary trees, as many short-lived objects as the collector can bear.
-- Result: 1627479
local function tree(depth)
  if depth == 0 then
    return {}
  end
  return { tree(depth - 1), tree(depth - 1) }
end

local function count(node)
  return node[1] and 1 + count(node[1]) + count(node[2]) or 1
end

local long_lived = tree(15)
local total = 0
for depth = 4, 14, 2 do
  for _ = 1, 1 << (14 - depth + 3) do
    total = total + count(tree(depth))
  end
end
return total + count(long_lived)
