-- The old trick, as it has gone round for years: the collector's count at every line.
local memory = {}
local last_place, last_count
local function watch(event, line)
    local count = collectgarbage("count")
    local info = debug.getinfo(2, "S")
    local place = info.short_src .. "--" .. line
    if last_place then
        memory[last_place] = (memory[last_place] or 0) + (count - last_count)
    end
    last_place = place
    last_count = collectgarbage("count")
end
local arrays, hashes = {}, {}
local function program()
    for i = 1, 1000 do
        local t = { 1, 2, 3, 4, 5, 6, 7, 8 } --> live = 1000 * (TABLE + ARRAY(8)), table.allocations = 1000, allocations = 2000
        arrays[i] = t
    end
    for i = 1, 1000 do
        local t = { a = 'a', b = 'b', c = 'c', d = 'd', e = 'e', f = 'f', g = 'g', h = 'h' } --> live = 1000 * (TABLE + NODES(8)), table.allocations = 1000, allocations = 2000
        hashes[i] = t
    end
    local co = coroutine.wrap(function()
        for i = 1, 100 do
            coroutine.yield({ i }) --> table.allocations = 100, table.allocated = 100 * TABLE
        end
    end)
    for i = 1, 100 do arrays[i] = co() end
end
debug.sethook(watch, "l")
program()
debug.sethook()
local places = {}
for place in pairs(memory) do places[#places + 1] = place end
table.sort(places)
for _, place in ipairs(places) do print(place, memory[place]) end
