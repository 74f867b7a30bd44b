-- Notes beside objects that come and go.
local notes, alive = setmetatable({}, { __mode = 'k' }), {}
return function(lap)
  local object = { lap = lap }
  notes[object] = { seen = lap }
  alive[lap % 15] = object
end
