-- Runs until it is ended, with a door open, and says how far it is.
assert(require("luaheat").listen { name = "worker" })

local function work(n)
  local first = n + 1 --@body
  return first --@yield
end

for round = 1, math.huge do
  work(1)
  if round % 1e5 == 1 then io.write(round, "\n"):flush() end
end
