-- Amounts of money are whole cents, so that nothing is lost in a sum.
local money = {}

function money.from(units, cents)
  return units * 100 + (cents or 0)
end

function money.text(amount)
  return string.format("%d.%02d", amount // 100, amount % 100)
end

return money
