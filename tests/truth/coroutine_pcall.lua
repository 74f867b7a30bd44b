-- Yields across pcall, xpcall, metamethods, iterators and table.sort's refusal.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep, made = room(1000), 0
local function hold(value) made = made + 1 keep[made] = value return value end

local function risky(i)
    hold({ i }) --> live = 50 * (TABLE + ARRAY(1))
    coroutine.yield(i)
    hold({ i, i }) --> live = 50 * (TABLE + ARRAY(2))
    error({ i, i, i }) --> table.live = 50 * TABLE, buffer.live = 50 * ARRAY(3)
end
local function body(i)
    local ok, problem = pcall(risky, i) --> table.allocations = 0
    hold({ ok, problem, i, i }) --> live = 50 * (TABLE + ARRAY(4))
    coroutine.yield()
    local ok, problem = xpcall(function()
        coroutine.yield()
        error(nil)
    end, function(problem) --> function.allocated = 50 * CLOSURE(1)
        return hold({ problem, 1, 2, 3, 4 }) --> live = 50 * (TABLE + ARRAY(5))
    end)
    hold({ ok, problem, 1, 2, 3, 4 }) --> live = 50 * (TABLE + ARRAY(6))
end
for i = 1, 50 do
    local co = coroutine.create(body)
    repeat
        local ok, problem = coroutine.resume(co, i) --> table.allocations = 0
        assert(ok, problem)
    until coroutine.status(co) == 'dead'
end
print(made)

local meta = { __index = function(t, key)
    coroutine.yield(key)
    return hold({ key, 1, 2, 3, 4, 5, 6 }) --> live = 20 * (TABLE + ARRAY(7))
end }
local proxy = setmetatable({}, meta)
for i = 1, 20 do
    local co = coroutine.wrap(function() return proxy[i] end) --> thread.allocations = 20
    co() --> table.allocations = 0
    co() --> nothing
end
local function iterate()
    for key in function(_, previous)
        coroutine.yield()
        if not previous then return hold({ 1, 2, 3, 4, 5, 6, 7, 8 }) end --> live = 20 * (TABLE + ARRAY(8))
    end do coroutine.yield(key) end --> function.allocated = 20 * CLOSURE(2)
end
for i = 1, 20 do
    local co = coroutine.wrap(iterate)
    while co() == nil do end --> table.allocations = 0
end
local sorting = coroutine.wrap(function()
    return pcall(table.sort, { 3, 2, 1 }, function(a, b) coroutine.yield() return a < b end)
end)
print(sorting())
print(pcall(sorting))
