-- A small game that leaks: what it needs in one frame it keeps for ever.
local enemies, graveyard, log = {}, {}, {}

local function spawn(frame)
  return { name = "enemy " .. frame, health = 3 }
end

local function hit(enemy)
  enemy.health = enemy.health - 1
  return enemy.health == 0
end

local function report(frame)
  return string.format("frame %d: %d enemies", frame, #enemies)
end

for frame = 1, 2000 do
  enemies[#enemies + 1] = spawn(frame)
  for i = #enemies, 1, -1 do
    if hit(enemies[i]) then
      graveyard[#graveyard + 1] = table.remove(enemies, i)
    end
  end
  log[frame % 10 + 1] = report(frame)
end

print("The game is over", #graveyard)
