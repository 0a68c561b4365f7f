-- Strings: bytes, slices, case, formatting, concatenation.
-- Result: 2431982
local byte, char, sub, format, rep, upper = string.byte, string.char, string.sub, string.format, string.rep, string.upper
local total = 0
for n = 1, 60000 do
  local text = format("%d:%s:%x", n, "item", n)
  text = upper(text) .. rep("-", n % 7) .. n
  local sum = 0
  for place = 1, #text do
    sum = sum + byte(text, place)
  end
  total = total + sum % 10 + #sub(text, 3, -3)
  if char(byte(text, 1, 4)) == sub(text, 1, 4) then
    total = total + 1
  end
end
local pieces = {}
for n = 1, 100000 do
  pieces[#pieces + 1] = "piece " .. n % 1000
end
return total + #table.concat(pieces, "\n")
