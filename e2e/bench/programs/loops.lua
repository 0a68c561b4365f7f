-- Loops: nested counting loops over integers, with branches.
-- Result: 8999999
local steps, odd = 0, 0
for i = 1, 3000 do
  local j = 0
  while j < 3000 do
    j = j + 1
    if (i ~ j) & 1 == 1 then
      odd = odd + 1
    else
      steps = steps + 1
    end
  end
end
for i = 10, 1, -1 do
  steps = steps + i % 2
end
return steps + odd - 6
