-- A small game loop with a leak in it: every enemy that dies stays in a list.
local enemies, graveyard = {}, {}

local function spawn(i)
  return { name = "enemy " .. i, health = 3, path = { i, i + 1, i + 2, i + 3 } }
end

local function hit(enemy)
  enemy.health = enemy.health - 1
  return enemy.health == 0
end

local function describe(frame)
  return string.format("frame %d: %d enemies", frame, #enemies)
end

for frame = 1, 1000 do
  enemies[#enemies + 1] = spawn(frame)
  for i = #enemies, 1, -1 do
    if hit(enemies[i]) then
      graveyard[#graveyard + 1] = table.remove(enemies, i)
    end
  end
  local title = describe(frame)
  if frame == 1000 then
    print(title)
  end
end
