-- usage: laps.lua PATTERN LAPS SEED
-- A pattern is a function that is called once a lap, among what comes and goes in any program.
local pattern, laps, seed = arg[1], tonumber(arg[2]), tonumber(arg[3])
math.randomseed(seed)
local step = dofile(pattern)

local function handle(lap)
  local words = {}
  for word in ('the quick brown fox jumps over lap ' .. lap):gmatch('%a+') do
    words[#words + 1] = { word = word, size = #word }
  end
  return table.concat({ words[1].word, words[2].word }, ' ')
end

for lap = 1, laps + 1 do
  handle(lap) --@lap
  step(lap, laps)
end
