-- Hashes: counting words, and sparse integer keys.
-- Result: 2112232
local words = {}
for n = 1, 5000 do
  words[n] = "word" .. n * 7919 % 5003
end
local counts, seed = {}, 42
for _ = 1, 1000000 do
  seed = (seed * 3877 + 29573) % 139968
  local word = words[seed % 5000 + 1]
  counts[word] = (counts[word] or 0) + 1
end
local sparse = {}
for n = 1, 200000 do
  sparse[n * 1009 % 200003 * 8] = n
end
local total = 0
for _, count in pairs(counts) do
  total = total + count % 100
end
for key, value in pairs(sparse) do
  total = total + (key + value) % 20
end
for _, word in ipairs(words) do
  counts[word] = nil
end
return next(counts) == nil and total
