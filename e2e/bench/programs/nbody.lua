-- Numeric code: planets that attract each other, floats in the fields of records.
-- Result: -0.169
local function body(x, y, z, vx, vy, vz, mass)
  return { x = x, y = y, z = z, vx = vx, vy = vy, vz = vz, mass = mass }
end

local sun = 4 * math.pi * math.pi
local bodies = {
  body(0, 0, 0, 0, 0, 0, sun),
  body(4.84143144246472, -1.16032004402743, -0.10362204447112, 0.60632639299583, 2.81198684491626, -0.02521836165988, 0.03769367487039),
  body(8.34336671824458, 4.12479856412430, -0.40352341711432, -1.01077434617879, 1.82566237123041, 0.00841576137658, 0.01128632613197),
  body(12.8943695621391, -15.1111514016986, -0.22330757889266, 1.08279100644154, 0.86871301816961, -0.01083263740136, 0.00172372405706),
  body(15.3796971148509, -25.9193146099879, 0.17925877295037, 0.97909073224389, 0.59469899864767, -0.03475595555078, 0.00203368686992),
}

local function advance(step)
  for i = 1, #bodies do
    local a = bodies[i]
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      local squared = dx * dx + dy * dy + dz * dz
      local pull = step / (squared * math.sqrt(squared))
      a.vx, a.vy, a.vz = a.vx - dx * b.mass * pull, a.vy - dy * b.mass * pull, a.vz - dz * b.mass * pull
      b.vx, b.vy, b.vz = b.vx + dx * a.mass * pull, b.vy + dy * a.mass * pull, b.vz + dz * a.mass * pull
    end
  end
  for i = 1, #bodies do
    local a = bodies[i]
    a.x, a.y, a.z = a.x + step * a.vx, a.y + step * a.vy, a.z + step * a.vz
  end
end

local function energy()
  local total = 0
  for i, a in ipairs(bodies) do
    total = total + 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      total = total - a.mass * b.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
    end
  end
  return total
end

local px, py, pz = 0, 0, 0
for _, a in ipairs(bodies) do
  px, py, pz = px + a.vx * a.mass, py + a.vy * a.mass, pz + a.vz * a.mass
end
bodies[1].vx, bodies[1].vy, bodies[1].vz = -px / sun, -py / sun, -pz / sun
for _ = 1, 40000 do
  advance(0.01)
end
return string.format("%.3f", energy())
