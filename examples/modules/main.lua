-- A program of three files. require("shop.cart") runs shop/cart.lua once and
-- gives what it returns; a dot in the name is a folder. When you change a
-- module, the next run loads it afresh.
local Cart = require("shop.cart")
local money = require("shop.money")

local cart = Cart.new()
cart:add("bread", money.from(3, 20))
cart:add("apple", money.from(0, 45), 6)
print(cart:receipt())

-- The module is loaded once, whoever asks for it.
print(require("shop.money") == money)
