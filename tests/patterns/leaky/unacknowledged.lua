-- Packets that are never acknowledged; most are.
local pending = {}
return function(lap)
  for i = 1, 5 do
    local id = lap * 5 + i
    local packet = { id = id, --@leak
      text = 'packet ' .. id } --@leak
    pending[id] = packet --@also
    if id % 4 ~= 0 then pending[id] = nil end
  end
end
