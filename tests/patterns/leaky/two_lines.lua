-- Two of them, and a healthy cache between.
local a, b, cache = {}, {}, {}
return function(lap)
  local one = { lap } --@leak
  a[#a + 1] = one --@also
  cache[lap % 8] = { lap }
  local other = 'text of lap ' .. lap --@leak
  b[other] = true --@also
end
