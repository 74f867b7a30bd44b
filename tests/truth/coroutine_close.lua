-- coroutine.close runs the pending <close> variables on the coroutine: their lines allocate.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep = room(1000)
local closed = 0
local guard = setmetatable({}, {
    __close = function(_, problem)
        closed = closed + 1
        keep[closed] = { closed, problem } --> live = 300 * (TABLE + ARRAY(2)), table.allocations = 300
    end,
})
local function body()
    local a <close> = guard
    local b <close> = guard
    coroutine.yield({ 1, 2, 3 }) --> table.allocations = 100
    local never = {} --> nothing
end
for i = 1, 100 do
    local co = coroutine.create(body) --> thread.allocations = 100
    coroutine.resume(co) --> table.allocations = 0
    assert(coroutine.close(co)) --> table.allocations = 0, string.allocations = 0
    local after = { i } --> table.allocations = 100, table.allocated = 100 * TABLE
end
local function dies()
    local c <close> = guard
    error({}) --> table.allocations = 100
end
for i = 1, 100 do
    local co = coroutine.create(dies) --> thread.allocations = 100
    coroutine.resume(co)
    local ok = coroutine.close(co) --> table.allocations = 0
    local after = { i } --> table.allocations = 100
end
print(closed)
local never_started = coroutine.create(body) --> thread.live = THREAD, buffer.allocated >= STACK, table.allocations = 0
print(coroutine.close(never_started)) --> table.allocations = 0
