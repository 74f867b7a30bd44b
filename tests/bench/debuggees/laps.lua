-- Many laps, in each of which little happens. usage: laps.lua LAPS
local kept
for lap = 1, tonumber(arg[1]) do
  kept = { lap } --@lap
end
