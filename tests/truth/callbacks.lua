-- C functions that call back: each Lua line pays for its own, C for nothing of it.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep, n = room(1000), 0
local function hold(value) n = n + 1 keep[n] = value return value end

local text = ("word "):rep(20)
local result = text:gsub("%w+", function(word)
    hold({ word, n }) --> table.live = 20 * TABLE, buffer.live >= 20 * ARRAY(2)
    return ("w"):rep(50 + n) --> string.allocated = 20 * STRING(50) + 20 * 21 / 2
end)
print(#result)
local values = { 9, 8, 7, 6, 5, 4, 3, 2, 1 }
local before = n
table.sort(values, function(a, b)
    hold({ a, b, n }) --> live = measured_comparisons * (TABLE + ARRAY(3))
    return a < b
end)
print(("measured measured_comparisons %d"):format(n - before))
for key in string.gmatch("a b c d", "%a") do
    hold({ key, 1, 2, 3 }) --> live = 4 * (TABLE + ARRAY(4))
end
local proxy = setmetatable({}, {
    __pairs = function(t)
        hold({ t, 1, 2, 3, 4 }) --> table.live = TABLE, buffer.live >= ARRAY(5), buffer.live <= ARRAY(5) + CALLINFO
        return next, { 1, 2 } --> live = TABLE + ARRAY(2)
    end,
    __index = function(t, i)
        return i <= 3 and ("v"):rep(40 + i) or nil --> string.allocated = STRING(41) + STRING(42) + STRING(43), string.allocations = 3
    end,
    __len = function() return 3 end,
})
local iterator, state = pairs(proxy) --> table.allocations = 0
local joined = table.concat({ table.unpack(proxy) }, ",") --> table.allocations = 1, string.allocations = 1
local sum = 0
for i = 1, 100 do
    local ok, value = pcall(pcall, pcall, function() --> table.allocations = 0
        return hold({ i, 1, 2, 3, 4, 5 }) --> live = 100 * (TABLE + ARRAY(6))
    end)
    sum = sum + select('#', value)
end
print(#joined, sum, select(-1, xpcall(hold, print, 'through xpcall')))
local dumped = 0
local lines = {}
for line in io.lines("callbacks.lua") do --> userdata.allocations = 1, string.allocations > 10
    lines[#lines + 1] = line --> string.allocations = 0
end
