-- A few jobs that are tried again until they succeed.
local waiting = {}
return function(lap)
  waiting[#waiting + 1] = { job = lap, tries = 0 }
  for i = #waiting, 1, -1 do
    waiting[i].tries = waiting[i].tries + 1
    if math.random() < 0.3 then table.remove(waiting, i) end
  end
end
