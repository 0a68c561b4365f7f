-- Texts and string patterns: count words, wrap lines, rewrite dates.
local text = [[
The playground was opened on 2024-03-09. The first program was a short one,
and the short one was kept. On 2024-11-30 the program was still there, and
so was the text that it had counted.]]

-- Counts words. %a+ is a run of letters, and gmatch finds one after another.
local counts, words = {}, {}
for word in text:lower():gmatch("%a+") do
  if not counts[word] then
    counts[word] = 0
    words[#words + 1] = word
  end
  counts[word] = counts[word] + 1
end
-- The most frequent first; words of the same count by the alphabet.
table.sort(words, function(a, b)
  if counts[a] ~= counts[b] then
    return counts[a] > counts[b]
  end
  return a < b
end)
print("Most frequent words:")
for at = 1, 4 do
  print(string.format("  %-8s %d", words[at], counts[words[at]]))
end

-- Breaks a text into lines of at most `width` bytes.
local function wrapped(whole, width)
  local lines, line = {}, ""
  for word in whole:gmatch("%S+") do
    if line ~= "" and #line + 1 + #word > width then
      lines[#lines + 1] = line
      line = word
    else
      line = line == "" and word or line .. " " .. word
    end
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n")
end

-- What is captured in parentheses comes back as %1, %2 and %3.
local rewritten = text:gsub("(%d+)-(%d+)-(%d+)", "%3/%2/%1")
print("\nWrapped, with dates in another order:")
print(wrapped(rewritten, 40))

-- # counts bytes. For characters there is utf8.
local name = "Zoë"
print("\n" .. name .. ": " .. #name .. " bytes, " .. utf8.len(name) .. " characters")
