-- The string library and patterns.
local function try(f, ...) print(pcall(f, ...)) end
print(("hello"):sub(2, 3), ("hello"):sub(-3), ("hello"):sub(2, -2), ("hello"):sub(0), ("hello"):sub(10), ("hello"):sub(-100, 2), ("hello"):sub(3, 2), ("hello"):sub(math.mininteger, math.maxinteger))
print(("abc"):byte(), ("abc"):byte(-1), ("abc"):byte(1, -1), ("abc"):byte(10), ("\0\255"):byte(1, 2))
print(("x"):rep(3), ("x"):rep(3, ","), ("x"):rep(0), ("x"):rep(-1), (""):rep(100), ("ab"):rep(1, "-"))
print(("abc"):upper(), ("ABC"):lower(), ("abc"):reverse(), #"a\0b", ("abc"):len(), "a\0b" == "a\0c", "a" < "b", "a" < "B", "" < "a", "a\0" > "a", "Z" < "a")
print(("hello world"):find("o w"), ("hello"):find("l"), ("hello"):find("xyz"), ("hello"):find(""), ("hello"):find("", 6), ("hello"):find("", 7), ("a.b"):find(".", 1, true), ("a.b"):find("%."), ("hello"):find("l", -2))
print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"), ("2024-05-17"):match("(%d+)-(%d+)-(%d+)"), ("abc"):match("()b()"), ("abc"):match(".-"), ("abc"):match("a(.*)c"), ("  x "):match("^%s*(.-)%s*$"))
print(("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"), ("x=[[a]]"):match("%[%[(.-)%]%]"), ("abc123"):match("%a+%d+"), ("äö"):match("[\xc3][\xa4]"), ("a-b"):match("[a%-]+"), ("a]b"):match("[]]"), ("a^b"):match("[%^]"), ("x^"):match("[x^]+"))
print(("THE (quick) fox"):gsub("%f[%a]%a+", string.lower), ("hello"):gsub("", "-"), ("abc"):gsub(".", { a = 1, b = true }), ("abc"):gsub("%w", "%0%0"), ("hello world"):gsub("(%w+) (%w+)", "%2 %1"), ("abc"):gsub("b", "%%"))
print(("aaa"):gsub("a", "b", 2), ("aaa"):gsub("a", "b", 0), ("aaa"):gsub("a*", "x"), ("abc"):gsub("(b)", function(x) return nil end), ("abc"):gsub("b*", "-"), ("$name is $age"):gsub("%$(%w+)", { name = "Ada", age = 36 }))
for k, v in ("a=1, b=2, c=3"):gmatch("(%w+)=(%w+)") do io.write(k, v, ";") end
for word in ("one two  three"):gmatch("%a+") do io.write(word, "|") end
for position in ("abc"):gmatch("()") do io.write(position, " ") end
for match in ("^a^ab"):gmatch("^a") do io.write("never", match) end
for a in ("abc"):gmatch("", 3) do io.write("[", a, "]") end
for a in ("abcd"):gmatch("%a", -2) do io.write(a, ".") end
print()
for _, pattern in ipairs { "[a", "[a-", "(a", "a)", "%", "[%", "%b", "%bx", "%f", "%1", "(a)%2", "(()", "%g(", "[]", "[^]", "[a-%z]", "a**", "^*", "()()()", ("()"):rep(33), ("(a"):rep(33), "\0", "[\0]" } do
  try(string.find, "a^*\0b", pattern)
end
for _, replacement in ipairs { "%1", "%2", "%x", "%", "%%", "%0", {}, true } do
  try(string.gsub, "abc", "b", replacement)
end
try(string.gsub, "abc", "b", function() return {} end)
try(string.gsub, "abc", "b", function() return true end)
try(string.gsub, "abc", "b")
try(string.gsub, "abc", "b", nil)
try(string.rep, "x", 1e10)
try(string.rep, "x", 1 << 40)
try(string.rep)
try(string.find, "a", nil)
try(string.gmatch, nil, "a")
try(string.format, "%s %s", 1)
try(string.format, "%5s|%-5s|%.2s|%5.1s|", "abc", "abc", "abc", "abc")
try(string.format, "%q", "a\nb\r\0c\1\0012\"\\\200")
try(string.format, "%q %q %q %q", 1, 1.5, math.mininteger, 1/0)
try(string.format, "%q", nil)
try(string.format, "%c%c%c", 72, 105, 0)
try(string.format, "%s %s %s", nil, true, "x")
try(string.format, "%d", "10")
try(string.format, "%d", "10.0")
try(string.format, "%d", "1e1")
try(string.format, "%d", 2^63)
try(string.format, "%x", -1)
try(string.format, "%#o %#x", 8, 255)
try(string.format, "%.3s", "\0\0\0\0")
try(string.format, "%s", "a\0b")
try(string.format, "%10s", "a\0b")
try(string.format, "%.99d", 1)
try(string.format, "%.100d", 1)
try(string.format, "%0100d", 1)
try(string.format, "%#q", "x")
try(string.format, "%+s", "x")
try(string.format, "%s", setmetatable({}, { __tostring = function() return "mine" end }))
try(string.format, "%s", setmetatable({}, { __tostring = function() return 1 end }))
try(string.format, "%s", setmetatable({}, { __name = "Name" }) and "x")
try(string.format, "%a %A", 1, 0.5)
try(tostring, setmetatable({}, { __tostring = 5 }))
try(tostring)
try(print, setmetatable({}, { __tostring = function() return {} end }))
print(#string.pack("i4", 100), string.pack(">I2", 258):byte(1, -1))
for _, format in ipairs { "b", "B", "h", "H", "i", "I", "l", "L", "j", "J", "T", "f", "d", "n", "i3", "I3", "i16", "<i4", ">i4", "=i4", "!4i1i4", "!8bXi8", "i17", "i0", "x", "xx", "c3", "c", "z", "s", "s1", "s9", "s17", "X", "Xz", "!3i4", "!17", "q", " b b " } do
  io.write(format, " ")
  try(string.packsize, format)
end
local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
for _, case in ipairs { { "b", -1 }, { "B", 255 }, { "B", 256 }, { "b", 128 }, { "i2", -2 }, { "i2", 40000 }, { ">i3", 66051 }, { "<j", -1 }, { "f", 1.5 }, { ">d", -0.0 }, { "z", "abc" }, { "z", "a\0b" }, { "s1", "abc" }, { "s2", "" }, { "c5", "abc" }, { "c2", "abc" }, { "i16", -1 }, { "I16", 5 }, { "!4 i1 i4", 1, 2 }, { "b", "x" }, { "b", 1.5 }, { "b", "7" }, { "n", "0x10" } } do
  local ok, packed = pcall(string.pack, table.unpack(case))
  print(case[1], ok, ok and hex(packed) or packed)
  if ok then print(pcall(string.unpack, case[1], packed)) end
end
try(string.unpack, "i4", "abc")
try(string.unpack, "z", "abc")
try(string.unpack, "s1", "\5abc")
try(string.unpack, "i4", "abcdefgh", 5)
try(string.unpack, "i4", "abcdefgh", 6)
try(string.unpack, "b", "abc", -1)
try(string.unpack, "b", "abc", 5)
try(string.unpack, "i9", ("\255"):rep(9))
try(string.unpack, "i9", ("\1"):rep(9))
print("10" + 5, "3" * "4", 10 .. "", "0x10" * 1, pcall(function() return "abc" + 1 end))
print(#"\u{7FFFFFFF}", "\u{48}\x49\74\z
       end")
