-- What Lua refuses to resume or to close, at each depth: the lines after it are charged as ever.
local keep = table.pack(table.unpack({}, 1, 200))
local function note(i)
    keep[i] = { i, i } --> live = 50 * (TABLE + ARRAY(2))
end

-- One that has resumed the one that calls it.
local outer
outer = coroutine.wrap(function()
    local inner = coroutine.create(function()
        for i = 1, 10 do
            local resumed = pcall(outer)
            keep[100 + i] = { resumed } --> live = 10 * (TABLE + ARRAY(1))
            note(i) --> table.allocations = 0
        end
    end)
    print(coroutine.resume(inner))
    keep[111] = {} --> live = TABLE
end)
outer()
keep[112] = {} --> live = TABLE

-- Itself; the main thread; closing what runs or has resumed others.
local main = coroutine.running()
local self
self = coroutine.wrap(function()
    local own = coroutine.running()
    for i = 11, 20 do
        local resumed, closed, closed_main = pcall(self), pcall(coroutine.close, own), pcall(coroutine.close, main)
        keep[110 + i] = { resumed, closed, closed_main } --> live = 10 * (TABLE + ARRAY(3))
        note(i) --> table.allocations = 0
        coroutine.wrap(function()
            local closed_normal, resumed_main = pcall(coroutine.close, own), coroutine.resume(main)
            keep[120 + i] = { closed_normal, resumed_main } --> live = 10 * (TABLE + ARRAY(2))
        end)()
        keep[130 + i] = { i } --> live = 10 * (TABLE + ARRAY(1))
    end
end)
self()

-- Dead ones, by an end and by an error, and one that has too many arguments.
local over = coroutine.wrap(function() end)
over()
local failed = coroutine.wrap(function() error({}) end)
pcall(failed)
local stuffed = coroutine.wrap(function(...) return select("#", ...) end)
for i = 21, 50 do
    local again, failed_again = pcall(over), pcall(failed)
    local too_many = pcall(function() stuffed(table.unpack({}, 1, 999990)) end)
    note(i) --> table.allocations = 0
end

-- One that is being closed closes itself, and is resumed, by its own handler.
local closing
closing = coroutine.create(function()
    local guard <close> = setmetatable({}, { __close = function()
        pcall(coroutine.close, closing)
        keep[190] = { 1 } --> live = TABLE + ARRAY(1)
    end })
    coroutine.yield()
end)
coroutine.resume(closing)
coroutine.close(closing)
keep[191] = { 1 } --> live = TABLE + ARRAY(1)
