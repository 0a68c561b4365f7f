-- What the compiler says.
local function try(text, name)
  print((select(2, load(text, name or "=text"))))
end
for _, text in ipairs {
  "x =", "x = = 1", "local 1", "for", "for i", "for i =", "for i = 1", "for i = 1, 2", "if x", "if x then", "while true", "repeat", "end",
  "return return", "return 1 2", "f(", "f(1", "f(1,", "{}", "x", "x.y", "x:y", "x:y.z()", "local function", "function", "function f", "function f(",
  "function f(a", "function f(a,", "function f(...", "function f(..., a) end", "function a.b:c.d() end", "break", "goto x", "::x::::x::", "::x:: do ::x:: end",
  "goto continue; local a; ::continue:: print(a)", "do goto done end; local x; ::done::", "local x <const> = 1; x = 2", "local x <what> = 1",
  "local x <close>, y <close> = 1, 2", "local function f() x.y = ... end", "function f() return ... end", "x = 'abc", "x = \"abc\ndef\"", "x = [[abc", "x = [==[abc]]",
  "--[[ comment", "x = '\\q'", "x = '\\300'", "x = '\\x1'", "x = '\\u{110000000}'", "x = '\\u{zz}'", "x = '\\u123'", "x = 0x", "x = 1e", "x = 1..2", "x = 3x", "x = 0xep1p2",
  "x = 08", "a b", "(a) = 1", "(a).b = 1", "f() = 1", "a, b", "a, f() = 1, 2", "x = }", "x = {1, 2", "x = {[1] 2}", "x = {1 = 2}", "x = a.1", "x = a:b", "@", "x = $",
  "x ~ y", "x = not", "x = #", "x = 1 +", "x = 1 + * 2", "x = function", "x = function()", "x = function() end end", "if x then else elseif y then end",
  "local t <const> = {}; t.x = 1; t = nil", "return;;", "return 1;; x = 1", ";;;", "x = 1 y = 2", "x = f\n(1)", "x = 'a' 'b'", "x = a 'b' {c} [d]", "\239\187\191return 1", "# comment",
  "x = 99999999999999999999", "x = 0xffffffffffffffffff", "x = 1e999", "local a <const>, b <close> = 1, nil; b = 1", "for i = 1, 2 do i = 5 end return i",
  "x = '\\z   \n  abc'", "x = '\\\nabc'", "\27Lua", "x = '\\x41\\65\\u{41}'", "goto = 1", "and", "x = nil.y", "nil()", "x = -", "x = 2^", "x = (1", "x = (1))", "x = 1)", "x = ]]",
} do
  try(text)
end
try("x =", "@file.lua")
try("x =", "=name")
try("x = = 1\ny = 2", nil)
try("x = = 1", "x = = 1")
try("\n\n\nx = = 1", ("long "):rep(30))
try("x = = 1", "@" .. ("long/"):rep(30))
try("x = = 1", "=" .. ("long/"):rep(30))
try("x = = 1", "two\nlines")
try("x = = 1", "")
try("local " .. ("a,"):rep(250) .. "a")
try("local function f() return " .. ("("):rep(300) .. "1" .. (")"):rep(300) .. " end")
try("x = " .. ("{"):rep(300) .. ("}"):rep(300))
try(("do "):rep(300) .. ("end "):rep(300))
try("return " .. ("-"):rep(500) .. "1")
try("return " .. ("not "):rep(500) .. "1")
try("local x = " .. ("a.."):rep(300) .. "a")
try("return function() return " .. ("function() return "):rep(250) .. ("end "):rep(251))
do
  local lines = {}
  for i = 1, 300 do lines[i] = ("local v%d; function f%d() return v%d end"):format(i % 150, i, i % 150) end
  try(table.concat(lines, "\n"))
end
print(load("return ...", "=c", "t")(1, 2))
print(load("x = 1; return x", "=c", "t", {})())
print(pcall(load("return y.z", "=c", "t", {})))
