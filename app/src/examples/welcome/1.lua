-- Example 1: data that stays.
_home.planets = {
  { name = "Mercury", days = 88 },
  { name = "Venus", days = 225 },
  { name = "Earth", days = 365 },
  { name = "Mars", days = 687 },
}
print("planets", _home.planets)
