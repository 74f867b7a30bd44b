-- A program that opens its door and goes on for ever.
local luaheat = rawget(_G, "luaheat") or require "luaheat"
local kept = {}

function work(n)
  local made = { n } --@work
  kept[n % 100] = made
end

luaheat.listen()
for round = 1, math.huge do
  work(round)
  nap()
end
