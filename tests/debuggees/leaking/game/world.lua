local world = { entities = {} }

function world.add(entity)
  world.entities[#world.entities + 1] = entity
end

function world.update(frame)
  for i = #world.entities, 1, -1 do
    if world.entities[i]:expired(frame) then table.remove(world.entities, i) end
  end
end

return world
