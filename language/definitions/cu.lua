---@meta no-require

---Values that go between the program and the page.
---@class cu.io
---@field input any The value of the JSON in the pane Input; nil where that is empty.
---@field output any What the pane Output shows after the run.
_io = {}

---For programs written for earlier versions of cu.
---@class cu.ext
ext = {}

---Makes a table.
---@return table
function ext.table() end

---Lua 5.1's name of `table.unpack`.
unpack = table.unpack

---The arc tangent of `y/x` in radians. `math.atan(y, x)` is the same.
---@param y number
---@param x? number
---@return number
function math.atan2(y, x) end

---The hyperbolic cosine of `x`.
---@param x number
---@return number
function math.cosh(x) end

---The hyperbolic sine of `x`.
---@param x number
---@return number
function math.sinh(x) end

---The hyperbolic tangent of `x`.
---@param x number
---@return number
function math.tanh(x) end

---`m` and `e` such that `x` is `m * 2^e`, `e` is an integer, and `m` is 0 or its absolute value is at least 0.5 and less than 1.
---@param x number
---@return number m
---@return integer e
function math.frexp(x) end

---`m * 2^e`.
---@param m number
---@param e integer
---@return number
function math.ldexp(m, e) end

---The logarithm of `x` to the base 10. `math.log(x, 10)` is the same.
---@param x number
---@return number
function math.log10(x) end

---`x ^ y`.
---@param x number
---@param y number
---@return number
function math.pow(x, y) end
