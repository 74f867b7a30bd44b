-- Planets that attract each other: floats in the fields of a few tables.
local function body(mass, x, y, z, vx, vy, vz)
  return { mass = mass, x = x, y = y, z = z, vx = vx, vy = vy, vz = vz }
end

local bodies = {
  body(39.478, 0, 0, 0, 0, 0, 0),
  body(0.0377, 4.841, -1.160, -0.104, 0.606, 2.813, -0.025),
  body(0.0113, 8.343, 4.125, -0.404, -1.011, 1.826, 0.008),
  body(0.0017, 12.894, -15.111, -0.223, 1.083, 0.869, -0.011),
  body(0.0020, 15.380, -25.919, 0.179, 0.979, 0.595, -0.035),
}

local function attract(a, b, dt)
  local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
  local squared = dx * dx + dy * dy + dz * dz
  local force = dt / (squared * math.sqrt(squared))
  a.vx, a.vy, a.vz = a.vx - dx * b.mass * force, a.vy - dy * b.mass * force, a.vz - dz * b.mass * force
  b.vx, b.vy, b.vz = b.vx + dx * a.mass * force, b.vy + dy * a.mass * force, b.vz + dz * a.mass * force
end

local function advance(dt)
  for i = 1, #bodies do
    for j = i + 1, #bodies do
      attract(bodies[i], bodies[j], dt)
    end
  end
  for _, one in ipairs(bodies) do
    one.x, one.y, one.z = one.x + dt * one.vx, one.y + dt * one.vy, one.z + dt * one.vz
  end
end

for _ = 1, tonumber(arg[1]) * 10 do
  advance(0.01)
end
print(string.format("%.9f %.9f", bodies[1].x, bodies[2].y))
