-- Forty entries, and no more.
local cache = {}
return function(lap)
  local key = lap % 40
  if cache[key] == nil then cache[key] = { key = key, value = key * 2 } end
  return cache[key]
end
