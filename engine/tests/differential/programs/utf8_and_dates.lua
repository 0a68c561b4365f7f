-- utf8, and os.date and os.time with given arguments (one hour east of Greenwich).
local function try(f, ...) print(pcall(f, ...)) end
local s = "aé€😀z"
print(utf8.len(s), #s, utf8.char(72, 228, 8364, 128512, 0x7FFFFFFF), utf8.char(), utf8.charpattern)
for p, c in utf8.codes(s) do io.write(p, ":", c, " ") end print()
print(utf8.codepoint(s, 1, -1)) print(utf8.codepoint(s, 2)) print(utf8.offset(s, 3), utf8.offset(s, -1), utf8.offset(s, 0, 3), utf8.offset(s, 10), utf8.offset(s, 6), utf8.offset(s, 1, 4))
for _, bad in ipairs { "\xff", "\xc3", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80", "a\x80b", "\xf8\x88\x80\x80\x80", "\u{D800}", "\u{110000}" } do
  try(utf8.len, bad) try(utf8.len, bad, 1, -1, true) try(utf8.codepoint, bad, 1, -1) try(utf8.codepoint, bad, 1, 1, true)
  try(function() local n = 0 for _ in utf8.codes(bad) do n = n + 1 end return n end)
  try(function() local n = 0 for _ in utf8.codes(bad, true) do n = n + 1 end return n end)
end
try(utf8.offset, "a\x80b", 1, 2) try(utf8.offset, "abc", 1, 5) try(utf8.offset, "é", 1, 2) try(utf8.len, "abc", 5) try(utf8.len, "abc", 4) try(utf8.len, "abc", -4) try(utf8.codepoint, "abc", 4) try(utf8.char, -1) try(utf8.char, 0x80000000) try(utf8.char, "x")
for c in s:gmatch(utf8.charpattern) do io.write("[", c, "]") end print()
for _, format in ipairs { "%Y-%m-%d %H:%M:%S", "!%Y-%m-%d %H:%M:%S", "%c", "%x", "%X", "%p", "%A %a %B %b", "%j %U %w %W %y %Z", "%%", "%e %D %F %g %G %h %I %M %n %R %t %T %u %V %C %r", "%Ey %Od", "%Q", "%E", "%", "!", "", "%Ex %EX %EY %Ow" } do
  try(os.date, format, 1000000000)
end
local function show(t) local keys = {} for k, v in pairs(t) do keys[#keys + 1] = k .. "=" .. tostring(v) end table.sort(keys) print(table.concat(keys, " ")) end
show(os.date("*t", 0)) show(os.date("!*t", 0)) show(os.date("*t", 1719835200)) show(os.date("!*t", -1)) show(os.date("*t", 951782400.0))
for _, t in ipairs {
  { year = 2024, month = 2, day = 30 }, { year = 2023, month = 14, day = -3, hour = 0 }, { year = 1970, month = 1, day = 1, hour = 1 }, { year = 1969, month = 12, day = 31 }, { year = 2024, month = 1, day = 1, hour = 25, min = 90, sec = -30 },
  { year = "2024", month = "3", day = "1" }, { year = 2024, month = 3, day = 1.0 }, { year = 2024, month = 3, day = 1.5 }, { year = 2024, month = 3 }, { month = 3, day = 1 }, { year = 2024, month = 3, day = "x" }, { year = 1e100, month = 1, day = 1 },
  { year = 1 << 40, month = 1, day = 1 }, { year = 2024, month = 7, day = 1, isdst = false }, { year = 2024, month = math.maxinteger, day = 1 }, { year = 0, month = 1, day = 1 }, { year = -5, month = 1, day = 1 },
} do
  print(pcall(os.time, t))
  if pcall(os.time, t) then show(t) end
end
try(os.date, "%Y", 1e300) try(os.date, "%Y", "x") try(os.date, "%Y", 1.5) try(os.date, "*t", 2^60) try(os.date, "%Y", 1 << 60) try(os.time, 5) try(os.time, {}) try(os.difftime, 5, 3) try(os.difftime, 5) try(os.difftime) try(os.date, {}) try(os.date, "*t%Y", 0) try(os.date, "*tx", 0)
print(os.date("%H", 3600.0), os.time({ year = 2001, month = 9, day = 9, hour = 2, min = 46, sec = 40 }), type(os.time()), type(os.clock()), math.type(os.time()))
-- Dates that no time stands for, and the ends of what does.
for _, date in ipairs({ { year = 1 << 31, month = 1, day = 1 }, { year = -(1 << 31), month = 1, day = 1 }, { year = 2147485547, month = 12, day = 31 }, { year = 2024, month = 1 << 31, day = 1 }, { year = 2024, month = 2147483647, day = 2147483647, sec = 2147483647 }, { year = math.maxinteger, month = 1, day = 1 }, { year = math.mininteger, month = 1, day = 1 }, { year = 2024, month = 7, day = 1, isdst = false } }) do print(pcall(os.time, date)) end
print("a summer time that there is not", pcall(os.time, { year = 2024, month = 1, day = 1, isdst = true }))
