-- A text that is only ever added to.
local text = ''
return function(lap)
  text = text .. 'lap ' .. lap .. '\n' --@leak
end
