-- A buffer that is made anew each time, and larger.
local buffer = ''
return function(lap)
  buffer = string.rep('x', 40 * lap) --@leak
end
