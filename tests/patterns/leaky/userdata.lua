-- Compiled functions that are kept.
local compiled = {}
return function(lap)
  compiled[lap] = load('return ' .. lap) --@leak
end
