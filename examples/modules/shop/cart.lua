-- A cart: things with their prices. A module can require others.
local money = require("shop.money")

local Cart = {}
Cart.__index = Cart

function Cart.new()
  return setmetatable({ lines = {} }, Cart)
end

function Cart:add(name, price, count)
  table.insert(self.lines, { name = name, price = price, count = count or 1 })
end

function Cart:total()
  local total = 0
  for _, line in ipairs(self.lines) do
    total = total + line.price * line.count
  end
  return total
end

function Cart:receipt()
  local rows = {}
  for _, line in ipairs(self.lines) do
    local sum = money.text(line.price * line.count)
    table.insert(rows, string.format("%2d x %-6s %6s", line.count, line.name, sum))
  end
  table.insert(rows, string.format("     total  %6s", money.text(self:total())))
  return table.concat(rows, "\n")
end

return Cart
