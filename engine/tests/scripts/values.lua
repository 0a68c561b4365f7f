-- Number subtypes, unusual floats, strings of arbitrary bytes, every kind of key.
_home.int, _home.float = 3, 3.0
_home.min, _home.max = math.mininteger, math.maxinteger
_home.minus_zero, _home.inf, _home.nan = -0.0, -1 / 0, 0 / 0
_home.bytes = "a\0b\xff\xfe\r\n"
_home.empty_string, _home.empty_table = "", {}
_home.yes, _home.no = true, false
local key_table, key_function = {}, function() return "key" end
_home.keys = {
  [1.5] = "float", [true] = "true", [false] = "false", [-1] = "negative", [2 ^ 53] = "2^53",
  [key_table] = "table", [key_function] = "function", [print] = "builtin",
}
_home.key_table, _home.key_function = key_table, key_function
_home.holes = { 1, nil, 3, nil, 5 }
--- snapshot
print(math.type(_home.int), math.type(_home.float), _home.min, _home.max)
print(_home.minus_zero, 1 / _home.minus_zero, _home.inf, _home.nan ~= _home.nan)
print(string.format("%q", _home.bytes), #_home.bytes)
print(_home.empty_string == "", next(_home.empty_table), _home.yes, _home.no)
local k = _home.keys
print(k[1.5], k[true], k[false], k[-1], k[2 ^ 53], k[9007199254740992], k[print])
print(k[_home.key_table], k[_home.key_function], _home.key_function())
print(_home.holes[1], _home.holes[2], _home.holes[3], _home.holes[4], _home.holes[5])
--[[ prints
integer	float	-9223372036854775808	9223372036854775807
-0.0	-inf	-inf	true
"a\0b��\13\
"	7
true	nil	true	false
float	true	false	negative	2^53	2^53	builtin
table	function	key
1	nil	3	nil	5
]]
