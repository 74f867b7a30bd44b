-- Each marked line keeps something in every lap; the name of its mark is told with what holds it (run/causes.test.mjs).
cache, seen, samples, log = {}, {}, {}, { text = '' }
peers = {}
for i = 1, 4 do peers[i] = { unsent = {}, name = 'peer ' .. i } end
world = { rooms = { { visitors = {} }, { visitors = {} } } }

local function collector()
  local store = {}
  return function(value)
    store[value] = { value } --@upvalue
  end
end
local collect = collector()

local function session(lap)
  local path = {} --@inner
  for i = 1, 4 do path[i] = { i } end --@innermost
  return { lap = lap, path = path } --@outer
end

local sessions = {}
local waiting = {}
local function wait(lap)
  local request = { lap = lap } --@waiting
  coroutine.yield(request)
end

for lap = 1, 201 do
  cache[#cache + 1] = {} --@element
  local unsent = peers[lap % 4 + 1].unsent --@lap
  unsent[#unsent + 1] = { lap } --@unsent
  seen['a key of more than forty characters, number ' .. lap] = true --@key
  head = { next = head } --@list
  log.text = log.text .. ('x'):rep(100) --@text
  for i = 1, 16 do samples[#samples + 1] = i end --@grown
  table.insert(world.rooms[lap % 2 + 1].visitors, {}) --@visitor
  collect(lap)
  sessions[lap] = session(lap)
  waiting[lap] = coroutine.wrap(wait)
  waiting[lap](lap)
end
