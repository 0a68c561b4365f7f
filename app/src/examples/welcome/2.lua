-- Example 2: a function that stays, with its local variable.
_home.planets[3].home = true

local asked = 0
function _home.ages(years)
  asked = asked + 1
  local ages = {}
  for _, planet in ipairs(_home.planets) do
    ages[planet.name] = years * 365 // planet.days
  end
  return ages, asked
end
print("ages at 30", (_home.ages(30)))
