-- What is opened is not closed when an error jumps over it.
local open = {}
local function handle(lap)
  local request = { id = lap } --@leak
  open[request] = true --@also
  if lap % 6 == 0 then error({ code = lap }) end
  open[request] = nil
end
return function(lap)
  pcall(handle, lap)
end
