-- Loops, goto, blocks and for's closing value.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep, n = room(1000), 0
do
    local i = 1
    ::again::
    n = n + 1
    keep[n] = { i } --> live = 100 * (TABLE + ARRAY(1))
    i = i + 1
    if i <= 100 then goto again end --> nothing
end
local closed = 0
local closer = setmetatable({}, { __close = function() --> table.live = 2 * TABLE, buffer.live = NODES(1)
    closed = closed + 1
    keep[100 + closed] = { closed, 1 } --> live = 50 * (TABLE + ARRAY(2))
end })
local function iterator(limit, i) if i < limit then return i + 1, { i } end end --> table.allocations = 50 * 5
for i = 1, 50 do
    for j, value in iterator, 10, 0, closer do --> table.allocations = 0
        if j == 5 then break end --> table.allocations = 0
    end
end
print(closed, n)
