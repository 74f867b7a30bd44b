-- However much a coroutine's stack grows, and wherever it does, it stays with the line that made it.
local function deep(n)
    if n == 0 then return 0 end
    return 1 + deep(n - 1) --> allocated = 1000 * CALLINFO, allocations = 1000
end
local co = coroutine.create(deep) --> thread.live = THREAD, buffer.allocated > 2 * 1000 * 2 * TVALUE, buffer.allocations > 4
collectgarbage("stop") -- a collection would free unused call records in between
local ok, n = coroutine.resume(co, 1000) --> allocated = CALLINFO
collectgarbage("restart")
print(ok, n)

local function many() --> nothing
    return select('#', table.unpack({}, 1, 10000)) --> buffer.allocated < 1000, table.live < 100
end
local wide = coroutine.wrap(many) --> buffer.allocated >= 10000 * TVALUE, function.live = CCLOSURE(1)
print(wide())
