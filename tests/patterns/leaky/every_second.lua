-- Every second lap leaves one behind.
local kept = {}
return function(lap)
  if lap % 2 == 0 then
    local entry = { lap = lap } --@leak
    kept[#kept + 1] = entry --@also
  end
end
