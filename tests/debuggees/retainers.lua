-- An object for each way in which something can be kept alive, and some that nothing keeps.
-- usage: retainers.lua [LIST [ARRAY]]: with so many objects in a list, in an array. If they are many, the collector runs often.
local size, room = tonumber(arg and arg[1]) or 3, tonumber(arg and arg[2]) or 3

everywhere = {} --@global
package.loaded.a_module = { part = {} } --@module

local hidden = debug.getregistry()
hidden.cellar = {} --@registry
hidden = nil

local by_number, by_object = {}, {}
by_number[3] = { deep = { {} } } --@nested
by_object[everywhere] = {} --@object_key
by_number['odd key'] = {} --@odd_key
by_number[{}] = true --@key

local meta = setmetatable({}, { __index = {} }) --@metatable
local file = io.open('/dev/null') --@userdata
getmetatable('').of_strings = {} --@type_metatable

-- Only the function knows it.
local counter = (function()
  local box = {} --@upvalue
  return function() return box end
end)()

-- Suspended in a frame below its first one.
local waiting = coroutine.create(function(...) --@body
  local outer = {} --@coroutine_local
  local function wait() --@wait
    local inner = {} --@coroutine_inner
    coroutine.yield(inner)
  end
  wait(outer)
end)
coroutine.resume(waiting, {}) --@vararg

local prepared = coroutine.create(
  function() return size end) --@prepared
local begun = coroutine.wrap(function(parcel) coroutine.yield(parcel) end) --@wrap
begun({}) --@wrapped

-- A coroutine that died of an error keeps its locals.
local broken = coroutine.create(function() --@broken
  local wreck = {} --@dead_coroutine
  error(wreck)
end)
coroutine.resume(broken)

local one, other = {}, {}
one.other, other.one = other, { one } --@cycle

-- Weak tables.
local weak_values = setmetatable({}, { __mode = 'v' })
weak_values[1] = {} --@weak_value
weak_values[{}] = 1 --@key_of_weak_value
weak_values.text = 'kept ' .. size --@weak_string
local weak_keys = setmetatable({}, { __mode = 'k' })
weak_keys[{}] = {} --@weak_key
weak_keys[one] = {} --@ephemeron
local weak = setmetatable({}, { __mode = 'kv' })
weak[{}] = {} --@weak_both
-- A chain of keys through weak tables, told in a bad order.
local chain = {}
for i = 1, 50 do chain[i] = {} end --@chain
local links = { setmetatable({}, { __mode = 'k' }), setmetatable({}, { __mode = 'k' }) }
for i = 49, 1, -1 do links[i % 2 + 1][chain[i]] = chain[i + 1] end
chain = chain[1]
-- A circle that only weak keys hold.
do
  local a, b = {}, {} --@circle
  weak_keys[a], weak_keys[b] = b, a
end

local list
for i = 1, size do list = { next = list } end --@list
local array = {}
for i = 1, room do array[i] = {} end --@array
local twice = {} --@twice
local pair = { twice, { again = twice } }
local methods = { call = function() return size end } --@method

if room > 3 then collectgarbage('incremental', 100, 100) end
collectgarbage()
local resting = setmetatable({}, { __gc = function() print('collected') end }) --@finalizer
resting = nil
local watcher = setmetatable({}, { __mode = 'v' })
watcher[1] = {} --@watched

local function inside(...) --@inside
  local mine = {} --@local
  return 1, mine --@stop
end
local sum = inside({}, {}) --@call
collectgarbage('count') --@after
print('end', sum, watcher[1], collectgarbage('isrunning'))
print(counter, meta, file, methods, by_number, by_object, prepared, begun, broken, pair, array, list, links, chain, weak)
