-- What is needed differs from lap to lap, about a mean.
local size, set = 30, {}
return function(lap)
  size = size + math.random(-5, 5) + (30 - size) // 5
  while #set < size do set[#set + 1] = { lap } end
  while #set > size and #set > 0 do set[#set] = nil end
end
