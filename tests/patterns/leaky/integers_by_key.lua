-- A set of integers, in the hash part of a table.
local seen = {}
return function(lap)
  seen[lap * 1000] = true --@leak
end
