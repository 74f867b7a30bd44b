-- Each lap one comes, and the oldest of thirty goes.
local order, entries = {}, {}
return function(lap)
  entries[lap] = { lap = lap }
  table.insert(order, lap)
  if #order > 30 then entries[table.remove(order, 1)] = nil end
end
