-- require finds registered modules, runs them once, and knows the library.
package.preload.shape = function(name) print("loading " .. name); return { area = function(r) return r * r end } end
print(require("shape").area(3), require("shape").area(4))
print(require("string") == string)
_home.shape = require("shape")
--- snapshot
print(_home.shape.area(5), pcall(require, "shape") == false)
--[[ prints
loading shape
9	16
true
25	true
]]
