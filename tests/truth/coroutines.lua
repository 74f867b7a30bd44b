-- A coroutine's thread and stack are the line's that made it; what it allocates is its own lines'.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep, more = room(1000), room(1000)

local function body(a)
    local first = { a } --> live = 100 * (TABLE + ARRAY(1))
    local b = coroutine.yield(first)
    local second = { a, b } --> live = 100 * (TABLE + ARRAY(2))
    coroutine.yield(second)
end
for i = 1, 100 do keep[i] = coroutine.create(body) end --> live = 100 * (THREAD + STACK), thread.allocations = 100, allocations = 200
for i = 1, 100 do
    local _, first = coroutine.resume(keep[i], i) --> live >= 100 * CALLINFO, table.allocations = 0, string.allocations = 0
    local _, second = coroutine.resume(keep[i], i) --> nothing
    more[i] = { first, second } --> live = 100 * (TABLE + ARRAY(2))
end

for i = 1, 100 do
    local function generate()
        while true do
            coroutine.yield({ i, i, i }) --> table.live = 300 * TABLE, table.allocations = 300
        end
    end --> live = 100 * (CLOSURE(2) + UPVALUE)
    local generator = coroutine.wrap(generate) --> live = 100 * (THREAD + STACK + CCLOSURE(1)), thread.live = 100 * THREAD
    more[100 + 3 * i] = generator() --> table.allocations = 0, live >= 100 * CALLINFO
    more[101 + 3 * i] = generator()
    more[102 + 3 * i] = generator() --> nothing
    keep[100 + i] = generator
end

-- Three deep, each allocating before, between and after the others run.
local function outer()
    local before = { 'outer' } --> live = 10 * (TABLE + ARRAY(1))
    local middle = coroutine.wrap(function() --> thread.live = 10 * THREAD
        local before = { 'middle', 1 } --> live = 10 * (TABLE + ARRAY(2))
        local inner = coroutine.wrap(function() --> thread.live = 10 * THREAD
            local before = { 'inner', 1, 2 } --> live = 10 * (TABLE + ARRAY(3))
            coroutine.yield(before)
            local after = { 'inner', 1, 2, 3 } --> live = 10 * (TABLE + ARRAY(4))
            return after
        end)
        local a = inner() --> table.allocations = 0
        local between = { 'middle', 1, 2, 3, 4 } --> live = 10 * (TABLE + ARRAY(5))
        coroutine.yield({ before, a, between }) --> table.live = 10 * TABLE, buffer.live >= 10 * ARRAY(3)
        local b = inner() --> nothing
        return { a, b, inner, between, 1, 2 } --> live = 10 * (TABLE + ARRAY(6))
    end)
    local a = middle()
    local between = { 'outer', 1, 2, 3, 4, 5, 6 } --> live = 10 * (TABLE + ARRAY(7))
    local b = middle()
    return { a, b, before, between, 1, 2, 3, 4 } --> live = 10 * (TABLE + ARRAY(8))
end
for i = 1, 10 do
    keep[200 + i] = coroutine.wrap(outer)() --> thread.allocations = 10, table.allocations = 0
end
