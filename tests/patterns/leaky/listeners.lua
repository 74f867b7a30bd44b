-- A closure stays registered although what it is for is gone.
local listeners = {}
return function(lap)
  local entity = { id = lap, health = 3 } --@leak
  listeners[#listeners + 1] = --@also
    function() return entity.health end --@leak
end
