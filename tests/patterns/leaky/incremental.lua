-- With the incremental collector.
collectgarbage('incremental')
local kept = {}
return function(lap)
  local entry = { lap = lap } --@leak
  kept[lap] = entry --@also
end
