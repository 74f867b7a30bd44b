local behaviour = {}

function behaviour.wander(owner)
  local path = {}
  for i = 1, 8 do path[i] = i * 3 % 7 end --@path
  local step = 0
  return function() --@think
    step = step % #path + 1
    owner.x = owner.x + path[step]
  end
end

return behaviour
