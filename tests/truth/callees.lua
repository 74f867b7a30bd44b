-- SPDX-License-Identifier: MIT
-- What happened below a line, with all stacks. Nothing is collected, and the call records that are needed are
-- there already.
collectgarbage("stop")

local function warm(n)
  if n > 0 then warm(n - 1) end
end
warm(200)

local function leaf()
  return { 1, 2 } --> allocated = 13 * (TABLE + ARRAY(2)), allocated_with_callees = 13 * (TABLE + ARRAY(2))
end
local function middle()
  local one, other = leaf(), leaf() --> allocated = 0, allocated_with_callees = 4 * (TABLE + ARRAY(2))
  return one, other
end
local function outer()
  local one, other = middle() --> allocated = 0, allocated_with_callees = 4 * (TABLE + ARRAY(2))
  return one, other
end
for _ = 1, 2 do
  local one = outer() --> allocated = 0, allocated_with_callees = 4 * (TABLE + ARRAY(2))
end

-- Own and below, on one line; what has grown out of is freed.
local keep = {}
for i = 1, 4 do
  keep[i] = leaf() --> allocated = GROWN_ARRAY(4), allocated_with_callees = GROWN_ARRAY(4) + 4 * (TABLE + ARRAY(2)), live_with_callees = GROWN_TO(4) + 4 * (TABLE + ARRAY(2))
end

-- A line that recurses counts once: eight leaves, and six of the seven tables that hold two others.
local function tree(depth)
  if depth == 0 then
    return {} --> allocated = 8 * TABLE
  end
  local left, right = tree(depth - 1), tree(depth - 1) --> allocated = 0, allocated_with_callees = 8 * TABLE + 6 * (TABLE + ARRAY(2))
  return { left, right } --> allocated = 7 * (TABLE + ARRAY(2)), allocated_with_callees = 7 * (TABLE + ARRAY(2))
end
local root = tree(3) --> allocated = 0, allocated_with_callees = 8 * TABLE + 7 * (TABLE + ARRAY(2))

-- A tail call leaves the stack.
local function tail()
  return leaf() --> allocated = 0, allocated_with_callees = 0
end
local tailed = tail() --> allocated = 0, allocated_with_callees = TABLE + ARRAY(2)

-- Functions in C between: pcall, errors that go through it, callbacks, metamethods.
local ok, caught = pcall(leaf) --> allocated = 0, allocated_with_callees = TABLE + ARRAY(2)
local function fails()
  local lost = leaf() --> allocated = 0, allocated_with_callees = TABLE + ARRAY(2)
  error({ lost }) --> allocated = TABLE + ARRAY(1), allocated_with_callees = TABLE + ARRAY(1)
end
local failed, object = pcall(fails) --> allocated = 0, allocated_with_callees = 2 * TABLE + ARRAY(2) + ARRAY(1)

local comparisons = 0
local function before(a, b)
  local pair = { a, b } --> allocated = COMPARISONS * (TABLE + ARRAY(2))
  comparisons = comparisons + 1
  return pair[1] < pair[2]
end
local items = { 5, 2, 4, 1, 3 }
table.sort(items, before) --> allocated = 0, allocated_with_callees = COMPARISONS * (TABLE + ARRAY(2))

local meta = {
  __index = function(_, key)
    return { key } --> allocated = TABLE + ARRAY(1)
  end,
}
local object2 = setmetatable({}, meta)
local got = object2.x --> allocated = 0, allocated_with_callees = TABLE + ARRAY(1)

-- A coroutine's calls are below whoever resumes it. Its first calls need call records: that of its body is
-- the resuming line's, the next one the body's.
local function body()
  local one = leaf() --> allocated = CALLINFO, allocated_with_callees = CALLINFO + TABLE + ARRAY(2)
  coroutine.yield()
  local two = leaf() --> allocated = 0, allocated_with_callees = TABLE + ARRAY(2)
end
local function make()
  local co = coroutine.create(body) --> allocated = THREAD + STACK, allocated_with_callees = THREAD + STACK
  return co
end
local co = make() --> allocated = 0, allocated_with_callees = THREAD + STACK
coroutine.resume(co) --> allocated = CALLINFO, allocated_with_callees = 2 * CALLINFO + TABLE + ARRAY(2)
local function resume()
  coroutine.resume(co) --> allocated = 0, allocated_with_callees = TABLE + ARRAY(2)
end
resume() --> allocated = 0, allocated_with_callees = TABLE + ARRAY(2)

-- Of a stack of more than 64 calls the outermost are not known.
local function dive(n)
  if n == 0 then
    return {} --> allocated = 2 * TABLE
  end
  local found = dive(n - 1) --> allocated = 0, allocated_with_callees = 2 * TABLE
  return found
end
local shallow = dive(20) --> allocated = 0, allocated_with_callees = TABLE
local deep = dive(100) --> allocated = 0, allocated_with_callees = 0

print("measured COMPARISONS " .. comparisons)
