-- Finalizers run wherever the collector happens to, but allocate on their own lines.
local made, closed = 0, 0
local log = table.pack(table.unpack({}, 1, 2000))
local meta = {
    __gc = function(object)
        made = made + 1
        log[made] = { object.name, made } --> live = 1000 * (TABLE + ARRAY(2)), table.allocations = 1000
    end,
}
for i = 1, 1000 do
    setmetatable({ name = i }, meta) --> table.allocations = 1000, table.allocated = 1000 * TABLE, table.live = 0
end
collectgarbage()
collectgarbage() --> table.allocations = 0
print(made)

local closing = setmetatable({}, {
    __close = function(_, problem)
        closed = closed + 1
        log[1000 + closed] = { 1, 2, 3, 4, problem } --> table.live = 300 * TABLE, buffer.live >= 300 * ARRAY(5)
    end,
})
local function leave(how)
    local guard <close> = closing
    if how == 'error' then error({ how }) end --> table.allocations = 100
    if how == 'return' then return { how } end --> table.allocations = 100
end
for i = 1, 100 do pcall(leave, 'error') end --> table.allocations = 0
for i = 1, 100 do leave('return') end --> table.allocations = 0
for i = 1, 100 do leave('fall off the end') end --> table.allocations = 0
print(closed)
