-- A server that handles requests, with three leaks among much that comes and goes.
-- usage: leaks.lua [REQUESTS]
local cache, listeners, waiting = {}, {}, {}
local recent, slots = {}, 0

local function parse(text)
  local words = {}
  for word in text:gmatch('%a+') do
    words[#words + 1] = { word = word, size = #word }
  end
  return words
end

-- A cache that is never emptied: each request has a key of its own.
local function look_up(id)
  if cache[id] == nil then
    cache[id] = { id = id } --@cache_leak
  end
  return cache[id]
end

-- A closure that stays in a list of listeners.
local function subscribe(id)
  listeners[#listeners + 1] = function() return id end --@closure_leak
end

-- A coroutine that is waited for and never finished.
local function wait_for(id)
  local task = coroutine.create(coroutine.yield) coroutine.resume(task, id) --@coroutine_leak
  waiting[#waiting + 1] = task --@waiting
end

-- Healthy: the last ten answers are kept, and no more.
local function remember(answer)
  slots = slots % 10 + 1
  recent[slots] = { answer = answer } --@ring
end

local function finish_task(id)
  local task = coroutine.wrap(function()
    coroutine.yield(id)
    return id
  end)
  return task() + task()
end

local function handle(id)
  local words = parse('the quick brown fox jumps over request number ' .. id) --@request
  local lines = {}
  for i = 1, 50 do
    lines[i] = { i, tostring(i * id) }
  end
  look_up(id)
  subscribe(id)
  wait_for(id)
  finish_task(id)
  remember(table.concat({ words[1].word, id }, ' '))
  return #lines --@answer
end

local requests = tonumber(arg and arg[1]) or 200
local answered = 0
for id = 1, requests do
  answered = answered + handle(id) --@lap
end
print('answered', answered) --@finished
