-- The values of a table with weak values are kept alive by somebody else.
local cache, owners = setmetatable({}, { __mode = 'v' }), {}
return function(lap)
  local value = { lap = lap } --@leak
  cache[lap] = value --@also
  owners[#owners + 1] = value --@also
end
