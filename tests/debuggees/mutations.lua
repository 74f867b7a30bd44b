-- Goes round and round if it is told to.
local t = { x = 1, 2, 3, ["odd key"] = {} }
local text, x = "text", 1
local function work(n) return n + 1 end
local co = coroutine.wrap(function() while true do coroutine.yield() end end)
co()
repeat
  x = work(x) --@round
  pcall(error, x)
until ... ~= "forever"
