-- Integers and floats: conversions, edges, formats.
local i, m = math.mininteger, math.maxinteger
print(i, m, i - 1 == m, m + 1 == i, -i == i, i // -1, i % -1, i * -1, m * 2)
print(7 // 2, -7 // 2, 7 // -2, -7 // -2, 7 % 3, -7 % 3, 7 % -3, -7 % -3)
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, 5.0 % math.huge, -5 % math.huge, 5 % -math.huge)
print(1 / 0, -1 / 0, 1 // 0.0, -1 // 0.0, 1 % 0.0 ~= 1 % 0.0, 0.0 / 0.0 ~= 0.0 / 0.0)
print(1e15, 1e16, 1e100, 123456789012345, 0.1, 1/3, 100.0, 1e-5, -0.0, 2^53, 2^63, 2^-1074)
print(3 | 0, 3.0 | 0, "3" | 0, "0x10" + 0, "1e1" + 0, " 5 " * 2, 10 .. 20, 1.0 .. "", -0.0 .. "")
print(1 == 1.0, "1" == 1, 2^53 == 2^53 + 1, m == m + 0.0, m < m + 0.0, i == i + 0.0, m + 0.0 == 2^63)
print(1 < 1.5, m < 2^63, m <= 2^63, i >= -2^63, 0 < 0/0, 0/0 == 0/0, i < -2^64, m > 2^64)
print(math.type(1), math.type(1.0), math.type("1"), math.type(nil == 1))
print(tostring(3.0), tostring(3), 3.0 == 3, math.tointeger(3.0), math.tointeger(3.5), math.tointeger("8"), math.tointeger("x"), math.tointeger(2^63))
print(tonumber("0x"), tonumber("0x1p4"), tonumber("1e"), tonumber(""), tonumber(" "), tonumber("1 2"), tonumber("0x.8"), tonumber(".5"), tonumber("5."), tonumber("."), tonumber("1e+5"), tonumber("- 1"))
print(tonumber("9223372036854775807"), tonumber("9223372036854775808"), tonumber("-9223372036854775808"), tonumber("0xffffffffffffffff"), tonumber("0x1ffffffffffffffff"))
print(tonumber("z", 36), tonumber("ff", 16), tonumber("-ff", 16), tonumber("8", 8), tonumber("1.0", 10), tonumber("7fffffffffffffff", 16), tonumber(" 11 ", 2), tonumber("1\0", 10))
print(tonumber("inf"), tonumber("nan"), tonumber("1_000"), tonumber("1e1000"), tonumber("0x1p-2000"), tonumber("infinity"))
print(1 << 63, 1 << 64, 1 << -1, -1 >> 1, -1 >> 63, -1 << 63, 1 << 62 << 1, 5 >> -2, ~0, ~5, 5 ~ 3, 0xff & 0x0f, "0xff" & 15.0)
print(2^0.5, 2^-1, (-8)^(1/3) ~= (-8)^(1/3), 0^0, 10^2, 2^2^3, -2^2)
print(math.floor(-3.5), math.ceil(-3.5), math.floor(2^70), math.floor(5), math.ceil(-0.5), math.abs(i), math.abs(-0.0), math.fmod(-7, 3), math.fmod(7, -3), math.fmod(-7.5, 2), math.fmod(i, -1))
print(pcall(math.fmod, 1, 0), pcall(math.fmod, 1, 0.0))
print(math.modf(3.7), math.modf(-3.7), math.modf(5), math.modf(1/0), math.modf(-1/0))
print(math.ult(1, -1), math.ult(-1, 1), math.max(1, 2.5), math.max(2, 2.0), math.min(1), math.sqrt(2), math.exp(1), math.log(8, 2), math.log(100, 10), math.log(27, 3), math.log(0))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(1), math.acos(0), math.atan(1), math.atan(1, -1), math.deg(math.pi), math.rad(180), math.pi)
print(math.cosh, math.sinh, math.pow and math.pow(2, 3), math.ldexp and math.ldexp(1, 4), math.log10 and math.log10(1000), math.frexp and math.frexp(8))
for _, format in ipairs { "%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%X", "%#x", "%o", "%i", "%e", "%E", "%.3f", "%g", "%G", "%a", "%10.4f|", "%-10.2e|", "%.0f", "%.20g", "%5.1f", "%s", "%q" } do
  for _, value in ipairs { 0, 1, -1, 255, 2^31, 3.0 } do
    io.write(format, " ", string.format(format, value), "; ")
  end
  print()
end
for _, value in ipairs { 0.5, 1.5, 2.5, 1/3, 1e300, 1e-300, math.huge, -math.huge, 123456.789, -0.0 } do
  print(string.format("%.0f %.1f %.14g %.17g %e %g %a %s %q", value, value, value, value, value, value, value, value, value))
end
for x = 1, 3 do io.write(x, " ") end
for x = 1.0, 3 do io.write(x, " ") end
for x = 3, 1, -1 do io.write(x, " ") end
for x = 1, 2, 0.5 do io.write(x, " ") end
for x = m - 1, m do io.write(x, " ") end
for x = i + 1, i, -1 do io.write(x, " ") end
for x = 1, 0 do io.write("never") end
for x = 1, math.huge do if x > 3 then break end io.write(x, " ") end
for x = 0.1, 0.35, 0.1 do io.write(x, " ") end
for x = 1, 3.9 do io.write(x, " ") end
for x = 1, -math.huge do io.write("never") end
print()
math.randomseed(42)
print(math.random(100), math.random(100), math.random(0) ~= nil, math.random(-5, 5), math.random(), math.random(i, m), math.random(3, 3))
math.randomseed(1, 2)
print(math.random(1000), math.random(1000), string.format("%.14f", math.random()))
