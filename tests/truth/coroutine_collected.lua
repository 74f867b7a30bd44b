-- Coroutines that the collector takes while they are suspended: their bytes go from the line that made
-- them, and the lines of those still alive are not mistaken for theirs.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep, beside = room(1000), room(50)
local function body(i)
    local own = { i, {} } --> table.allocations = 4000, table.live = 0
    coroutine.yield(own)
    local never = {} --> nothing
end
for i = 1, 1000 do
    local co = coroutine.create(body) --> allocated = 1000 * (THREAD + STACK), live = 0, thread.freed = 1000 * THREAD
    coroutine.resume(co, i) --> table.allocations = 0, buffer.allocated >= 1000 * CALLINFO, live <= 2 * CALLINFO
    local made = { i } --> table.allocations = 1000, buffer.allocated = 1000 * ARRAY(1)
end
for i = 1, 1000 do
    local generator = coroutine.wrap(body) --> thread.allocations = 1000, live = 0, function.allocated = 1000 * CCLOSURE(1)
    generator(i) --> table.allocations = 0
    generator = nil
    keep[i] = { i, i } --> live = 1000 * (TABLE + ARRAY(2))
end
-- A collector run inside a coroutine takes its dead neighbours.
local inside = coroutine.wrap(function()
    for i = 1, 50 do
        local neighbour = coroutine.wrap(function() coroutine.yield() end) --> thread.allocations = 50, thread.live = 0
        neighbour()
        neighbour = nil
        collectgarbage() --> table.allocations = 0
        beside[i] = { i, i, i } --> live = 50 * (TABLE + ARRAY(3))
    end
    coroutine.yield()
end)
inside()
collectgarbage()
collectgarbage()
