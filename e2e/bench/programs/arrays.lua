-- Table arrays: the sieve of Eratosthenes, several times.
-- Result: 107904
local count = 0
local limit = 200000
for _ = 1, 6 do
  local composite = {}
  for n = 2, limit do
    composite[n] = false
  end
  for n = 2, limit do
    if not composite[n] then
      count = count + 1
      for multiple = n * 2, limit, n do
        composite[multiple] = true
      end
    end
  end
end
return count
