-- Three logs of 25 lines; the oldest is dropped.
local logs = { {} }
return function(lap)
  local log = logs[#logs]
  log[#log + 1] = 'line of lap ' .. lap
  if #log == 25 then
    logs[#logs + 1] = {}
    if #logs > 3 then table.remove(logs, 1) end
  end
end
