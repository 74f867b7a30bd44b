-- Everything is garbage at once and the collector is busy: what was allocated is exact all the same.
local sum = select('#', 1, 2, 3)
for i = 1, 200000 do
    local pair = { i, i } --> allocated = 200000 * (TABLE + ARRAY(2)), table.allocations = 200000, allocations = 400000
    local text = ("%09d"):format(i) .. "0123456789012345678901234567890123456789" --> string.allocated = 200000 * (STRING(9) + STRING(49)), allocations = 400000
    sum = sum + #pair + #text --> nothing
end
print(sum)
for mode = 1, 3 do
    if mode == 1 then collectgarbage("incremental") end
    if mode == 2 then collectgarbage("generational") end
    if mode == 3 then collectgarbage("stop") end
    for i = 1, 10000 do
        local t = { x = i } --> table.allocated = 30000 * TABLE, buffer.allocated = 30000 * NODES(1)
    end
end
collectgarbage("restart")
local weak = setmetatable({}, { __mode = 'k' })
for i = 1, 10000 do
    weak[{}] = { i } --> table.allocations = 20000
end
collectgarbage()
collectgarbage() --> table.allocations = 0
