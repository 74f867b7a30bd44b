-- A text that is begun anew when it is long.
local text = ''
return function(lap)
  text = text .. 'lap ' .. lap .. '\n'
  if #text > 400 then text = '' end
end
