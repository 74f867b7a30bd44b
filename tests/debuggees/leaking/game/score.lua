local score = { best = 0 }

function score.update(world)
  for _, entity in ipairs(world.entities) do
    if entity.x > score.best then score.best = entity.x end
  end
end

return score
