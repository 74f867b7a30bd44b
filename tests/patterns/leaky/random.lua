-- One lap of twelve, by chance.
local kept = {}
return function(lap)
  if math.random() < 1 / 12 then
    local entry = { lap, lap + 1, lap + 2 } --@leak
    kept[#kept + 1] = entry --@also
  end
end
