-- Windows of all shapes. Each grow() is 72 bytes that stay: a table of one element.
local chain
local function grow()
  chain = { chain } --@grow
end

for lap = 1, 10 do
  if lap > 4 then grow() end --@lap
  grow()
end

-- Its third call does not come to the end.
local function request(number)
  local started = number --@request_start
  grow()
  if number == 3 then error('failed') end
  grow()
  return started --@request_stop
end
for number = 1, 5 do
  pcall(request, number)
end

local function nest(depth)
  grow() --@nest_start
  if depth > 1 then nest(depth - 1) end
  return depth --@nest_stop
end
nest(3)

-- A window opens in the main thread and closes in a coroutine.
local resume = coroutine.wrap(function()
  while true do
    grow()
    coroutine.yield() --@other_thread_stop
  end
end)
for _ = 1, 4 do
  local started = true --@other_thread_start
  resume(started)
end

-- Two coroutines whose windows overlap.
local function task(rounds)
  local begun = rounds --@task_start
  for _ = 1, rounds do
    grow()
    coroutine.yield()
  end
  return begun --@task_stop
end
local one, two = coroutine.wrap(task), coroutine.wrap(task)
one(1) two(2) one() two() two()

-- Nothing stays of it.
for _ = 1, 60 do
  local garbage = { 1, 2, 3 } --@churn
end

-- All that happens is that the stack grows.
local many = {}
for i = 1, 5000 do many[i] = i end
local function count(...) return select('#', ...) end
local counted = count(table.unpack(many, 1, 1))
counted = counted --@stack_start
counted = count(table.unpack(many)) --@deep
counted = counted --@stack_stop
print('done') --@never_twice
