-- It begins when three fifths of the run are over.
local kept = {}
return function(lap, laps)
  if lap > laps * 0.6 then
    local entry = { lap = lap } --@leak
    kept[#kept + 1] = entry --@also
  end
end
