-- Each lives for thirty to fifty laps.
local entities = {}
return function(lap)
  entities[#entities + 1] = { dies = lap + math.random(30, 50), at = { x = lap, y = lap } }
  for i = #entities, 1, -1 do
    if entities[i].dies <= lap then table.remove(entities, i) end
  end
end
