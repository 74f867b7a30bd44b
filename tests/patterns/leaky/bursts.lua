-- Thirty at once, every fortieth lap.
local kept = {}
return function(lap)
  if lap % 40 ~= 20 then return end
  for i = 1, 30 do
    local entry = { lap = lap, i = i } --@leak
    kept[#kept + 1] = entry --@also
  end
end
