-- A pool that grows to what was needed at most.
local pool, used = {}, {}
return function(lap)
  for _ = 1, math.random(1, 20) do
    used[#used + 1] = table.remove(pool) or { body = { 1, 2, 3 } }
  end
  while #used > 0 do pool[#pool + 1] = table.remove(used) end
  return lap
end
