local entity = require 'game.entity'

local spawner = { count = 0 }

function spawner.update(world, frame)
  if frame % 2 == 0 then
    spawner.count = spawner.count + 1
    world.add(entity.new(spawner.count, frame))
  end
end

return spawner
