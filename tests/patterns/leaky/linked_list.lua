-- A list that is held by its head.
local head
return function(lap)
  head = { value = lap, next = head } --@leak
end
