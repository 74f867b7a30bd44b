-- What is made in a lap is garbage at its end.
return function(lap)
  local all = {}
  for i = 1, 30 do all[i] = { i, name = 'n' .. i * lap } end
  return #all
end
