-- Several a lap.
local samples = {}
return function(lap)
  for i = 1, 7 do
    samples[#samples + 1] = lap + i --@leak
  end
end
