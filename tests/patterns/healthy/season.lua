-- As many as the time of the day needs.
local visitors = {}
return function(lap)
  local wanted = math.floor(40 + 30 * math.sin(lap / 12))
  while #visitors < wanted do visitors[#visitors + 1] = { since = lap } end
  while #visitors > wanted do visitors[#visitors] = nil end
end
