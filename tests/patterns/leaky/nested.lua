-- Deep inside of what is healthy itself.
local world = { rooms = {} }
for i = 1, 4 do world.rooms[i] = { items = {}, visitors = {} } end
return function(lap)
  local room = world.rooms[lap % 4 + 1]
  room.items = { lap, lap, lap }
  local visitor = { name = lap, luggage = { 'bag' } } --@leak
  table.insert(room.visitors, visitor) --@also
end
