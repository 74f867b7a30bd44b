-- A module has put an allocator of its own in front of the program's.
local front = require("in_front")
local keep = {}

local function work()
  for i = 1, 1000 do keep[i] = { i } end --@tables
  local step = coroutine.wrap(function() coroutine.yield({}) end)
  step() --@step
  print(pcall(error, "caught")) --@caught
  print(xpcall(error, debug.traceback, "traced"))
  coroutine.close(coroutine.create(print))
  debug.sethook(function() end, "l")
  debug.sethook()
end

front.put()
work()
local calls = front.take()
print(calls > 1000, #keep) --@taken
