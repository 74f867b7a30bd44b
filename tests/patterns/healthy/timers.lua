-- Timers that fire and are gone.
local timers = {}
return function(lap)
  for i = 1, 3 do
    timers[#timers + 1] = { at = lap + i * 4, call = function() return lap + i end }
  end
  local left = {}
  for _, timer in ipairs(timers) do
    if timer.at > lap then left[#left + 1] = timer else timer.call() end
  end
  timers = left
end
