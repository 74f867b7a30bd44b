-- Twenty keys, as chance has them.
local cache = {}
return function()
  local key = math.random(20)
  if cache[key] == nil then cache[key] = { key = key } end
  return cache[key]
end
