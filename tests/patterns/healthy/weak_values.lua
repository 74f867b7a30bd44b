-- A cache that holds nothing.
local cache = setmetatable({}, { __mode = 'v' })
return function(lap)
  cache[lap % 50] = { lap = lap, part = { lap } }
end
