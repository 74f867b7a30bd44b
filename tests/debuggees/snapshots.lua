-- Much stays, much goes and much comes, from one stop to another: in the main thread, then in a
-- coroutine, where the same is made by the same lines.
local function make()
  local table = {} --@table
  local text = ('x'):rep(1000) --@text
  local closure = function() return table, text end --@closure
  local task = coroutine.create(print) --@task
  return { table, text, closure, task } --@bundle
end

local function nest(depth)
  return depth == 0 and 0 or 1 + nest(depth - 1)
end

local function sleep()
  coroutine.yield()
  nest(1000)
  coroutine.yield()
end

local function live()
  local kept, grown, handed = {}, {}, {}
  local function keep(first, last)
    for i = first, last do
      kept[i] = make()
    end
  end
  local function grow(first, last)
    for i = first, last do
      grown[i] = i --@grown
    end
  end
  local sleeper = coroutine.wrap(sleep) --@sleeper
  sleeper()
  keep(1, 100)
  grow(1, 4)
  for i = 1, 4 do
    handed[i] = i --@handed
  end
  collectgarbage()
  local earlier = true --@earlier
  for i = 1, 40 do
    kept[i] = nil
  end
  collectgarbage()
  keep(101, 125)
  grow(5, 8)
  for i = 5, 8 do
    handed[i] = i --@taken
  end
  sleeper()
  local later = true --@later
  return kept, grown, handed, sleeper
end

live()
coroutine.wrap(live)()
print('done') --@done
