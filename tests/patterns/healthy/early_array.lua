-- An array that doubles until lap 50 of 200.
local list = {}
return function(lap, laps)
  if lap <= laps / 4 then
    for i = 1, 5 do list[#list + 1] = i end
  end
  list[lap % 20 + 1] = lap
end
