-- Coroutines that are waited for and never finished.
local waiting = {}
return function(lap)
  local task = coroutine.create(function() --@also
    coroutine.yield(lap) --@also
  end) --@leak
  coroutine.resume(task) --@also
  waiting[#waiting + 1] = task --@also
end
