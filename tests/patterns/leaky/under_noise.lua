-- The line makes much that comes and goes, and a little that stays.
local kept, slots = {}, {}
return function(lap)
  for i = 1, math.random(0, 20) do
    local entry = { lap, i } --@leak
    slots[i] = entry
    if i == 1 then kept[#kept + 1] = entry end --@also
  end
  if lap % 7 == 0 then slots = {} end
end
