-- Coroutines that end by an error, and what runs after them.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep, seen = room(1000), room(1000)

local function fails(i)
    local own = { i } --> live = 100 * (TABLE + ARRAY(1))
    seen[i] = own
    error({ own, i }) --> table.live = 100 * TABLE, table.allocations = 100, buffer.allocated = 100 * (ARRAY(2) + CALLINFO)
end
local function after(i)
    return { i, i, i } --> live = 100 * (TABLE + ARRAY(3))
end
for i = 1, 50 do
    local co = coroutine.create(fails) --> thread.allocations = 50
    local ok, problem = coroutine.resume(co, i) --> table.allocations = 0
    keep[i] = { ok, problem } --> live = 50 * (TABLE + ARRAY(2))
    keep[100 + i] = after(i) --> table.allocations = 0
end
for i = 51, 100 do
    local co = coroutine.wrap(fails) --> thread.allocations = 50, function.allocated = 50 * CCLOSURE(1)
    local ok, problem = pcall(co, i) --> table.allocations = 0
    keep[i] = { ok, problem } --> live = 50 * (TABLE + ARRAY(2))
    keep[100 + i] = after(i) --> table.allocations = 0
end

-- The error passes through two coroutines at once, and is caught in a third.
local function innermost()
    error({ 'innermost' }) --> table.live = 20 * TABLE, table.allocations = 20, buffer.allocated >= 20 * (ARRAY(1) + CALLINFO)
end
local function middle()
    local made = { 'middle', 'made' } --> table.allocations = 20
    coroutine.wrap(innermost)() --> thread.allocations = 20
    local never = {} --> nothing
end
local function outer()
    local ok, problem = pcall(coroutine.wrap(middle)) --> thread.allocations = 20, table.allocations = 0
    coroutine.yield(problem)
    return { problem, ok, 3 } --> live = 20 * (TABLE + ARRAY(3))
end
for i = 1, 20 do
    local co = coroutine.wrap(outer)
    local problem = co() --> table.allocations = 0
    keep[200 + i] = { problem } --> live = 20 * (TABLE + ARRAY(1))
    keep[300 + i] = co() --> nothing
end

-- Text in an error gets its position from the line that raised it.
local function raises() error(("e"):rep(60), 0) end --> string.allocated = 10 * STRING(60)
for i = 1, 10 do
    local ok, message = coroutine.resume(coroutine.create(raises)) --> string.allocations = 0
    seen[200 + i] = message
end
