-- Names that are made up, as keys of a table.
local counts = {}
return function(lap)
  local name = 'metric.' .. lap .. '.total' --@leak
  counts[name] = (counts[name] or 0) + 1 --@also
end
