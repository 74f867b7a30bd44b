-- One request of ten leaves something behind.
local sessions = {}
return function(lap)
  local session = { user = lap, name = 'user ' .. lap }
  if lap % 10 == 3 then
    local kept = { session = lap, at = lap } --@leak
    sessions[lap] = kept --@also
  end
  return session
end
