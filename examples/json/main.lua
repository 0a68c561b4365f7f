-- The JSON in the pane In / Out is _io.input here: objects and arrays are
-- tables. What you put into _io.output is shown there, and can be copied as
-- JSON. Neither is kept; only _home is.
local input = assert(_io.input, "there is no input: give the pane In / Out some JSON")

local sums = {}
for _, order in ipairs(input.orders) do
  for _, item in ipairs(order.items) do
    local sum = sums[order.customer] or 0
    sums[order.customer] = sum + item.count * item.price
  end
end

-- As a list, since a list has an order.
local customers = {}
for customer, sum in pairs(sums) do
  table.insert(customers, { customer = customer, sum = sum })
end
table.sort(customers, function(a, b)
  return a.sum > b.sum
end)

for _, line in ipairs(customers) do
  print(string.format("%-6s %6.2f %s", line.customer, line.sum, input.currency))
end

_io.output = { currency = input.currency, customers = customers }
