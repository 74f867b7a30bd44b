-- Objects of few lines, held in many places that are alike. tests/session/shapes.test.mjs knows what each weighs.
-- usage: shapes.lua [SIZE]: with so many objects in the large tables.
local size = tonumber(arg and arg[1]) or 100

world = { entities = {} }
events = { listeners = { tick = {}, draw = {} } }

local function entity(id)
  local new = {} --@entity
  new.id = id
  return new
end

-- What the world has, and what only a listener knows.
for i = 1, 20 do world.entities[i] = entity(i) end
for i = 1, 50 do
  local expired = entity(i)
  events.listeners.tick[i] = { fn = function() return expired end } --@listener
end

-- A table that is a map, by names.
by_name = {}
for i = 1, 30 do by_name['name' .. i] = {} end --@named
-- Two of three names that lead to much, among many that do not.
kinds = { trees = {}, rocks = {} }
for i = 1, 20 do kinds.trees[i] = { of = {} } kinds.rocks[i] = { of = {} } kinds['rare' .. i] = { { of = {} } } end --@kind
-- Records: all have the same fields.
for i = 1, 20 do
  local record = {}
  for letter in ('abcdefghijkl'):gmatch('.') do record[letter] = {} end --@record
  world.entities[i].record = record
end

-- Lists and trees: of other objects, and of their own.
local list
for i = 1, 10 do
  list = { next = list, value = 1 } --@cell
  list.value = {} --@payload
end
local cons
for i = 1, 10 do
  local item = {} --@item
  cons = { item, cons }
end
local function tree(depth)
  if depth > 0 then return { left = tree(depth - 1), right = tree(depth - 1) } end --@tree
end
oak = tree(6)
local function bush(depth)
  local branch = {}
  branch.leaf = {} --@leaf
  if depth > 0 then branch.left, branch.right = bush(depth - 1), bush(depth - 1) end
  return branch
end
hedge = bush(6)

-- Coroutines that differ in their number only.
local waiting = {}
for i = 1, 10 do
  waiting[i] = coroutine.create(function() --@body
    local mine = {} --@in_coroutine
    coroutine.yield(mine)
  end)
  coroutine.resume(waiting[i])
end

-- Parts of objects: an array that grows, a hash part that does, a string in neither.
local numbers, words = {}, {}
for i = 1, size do numbers[i] = i end --@array
for i = 1, size do words['word' .. i] = true end --@hash
local text = ('x'):rep(size) --@text

-- Held by two, and what they hold together.
shared = { {}, {} } --@shared
shared[1].common = { 1, 2, 3 } --@common
shared[2].common = shared[1].common
local box = 7
getters = { function() return box end, function() return box end } --@getters

local garbage = {} --@garbage
garbage = nil
collectgarbage()
print(list, cons, waiting, text, numbers, words) --@stop
