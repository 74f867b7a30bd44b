-- Goes from phase to phase as `phase` is set from outside, and allocates nothing while it waits.
-- usage: snapshots_running.lua main|coroutine|churn
phase = 1
local kept = {}
local function fill(first, last)
  for i = first, last do
    kept[i] = {} --@tables
  end
end
local function wait_for(number)
  while phase < number do
    local waiting = number --@waiting
  end
end

local function phases()
  fill(1, 100)
  collectgarbage()
  print('phase 1')
  wait_for(2)
  for i = 1, 40 do
    kept[i] = nil
  end
  collectgarbage()
  fill(101, 125)
  print('phase 2')
  wait_for(3)
end

-- So many lines have figures that reading them takes a while.
local function churn()
  load(('last = {}\n'):rep(5000), '=many lines')()
  print('phase 1')
  local last, i = nil, 0
  while phase < 2 do
    i = i + 1
    last = { last and last[1], i .. '', function() return last end } --@churn
    kept[i % 1000 + 1] = last
  end
end

local where = ...
if where == 'main' then phases() end
if where == 'coroutine' then coroutine.wrap(phases)() end
if where == 'churn' then churn() end
print('done')
