-- Patterns: find, match, gmatch and gsub over a text.
-- Result: 2196000
local line = "the quick brown fox jumps over 13 lazy dogs; key_1 = value_2, (nested [brackets]) at 2024-05-17\n"
local text = line:rep(200)
local total = 0
for _ = 1, 60 do
  for word in text:gmatch("%a+") do
    total = total + #word
  end
  for year, month, day in text:gmatch("(%d+)-(%d+)-(%d+)") do
    total = total + #year + #month + #day
  end
  local changed, count = text:gsub("(%w+) = (%w+)", "%2 = %1")
  total = total + count + #changed % 100
  total = total + select(2, text:gsub("%b()", string.upper))
  total = total + select(2, text:gsub("[aeiou]", { a = "4", e = "3", o = "0" }))
  local start, found = 1, nil
  repeat
    found = text:find("lazy dogs", start, true)
    start = found and found + 1
    total = total + 1
  until not found
  total = total + #text:match("^(.-)%s*$")
end
return total
