-- Tables as the constructor makes them, one kind a line, a thousand times over.
local function room(n) return table.pack(table.unpack({}, 1, n)) end -- to store n values without growing
local keep = room(1000)

for i = 1, 1000 do keep[i] = {} end --> allocated = 1000 * TABLE, allocations = 1000, live = 0, freed = 1000 * TABLE
for i = 1, 1000 do keep[i] = { 1, 2, 3, 4, 5, 6, 7, 8 } end --> allocated = 1000 * (TABLE + ARRAY(8)), table.allocations = 1000, buffer.allocations = 1000
for i = 1, 1000 do keep[i] = { a = 'a', b = 'b', c = 'c', d = 'd', e = 'e', f = 'f', g = 'g', h = 'h' } end --> allocated = 1000 * (TABLE + NODES(8)), table.allocations = 1000, buffer.allocated = 1000 * NODES(8)
for i = 1, 1000 do keep[i] = { 1, 2, 3, x = 4, y = 5, z = 6 } end --> allocated = 1000 * (TABLE + ARRAY(3) + NODES(3)), allocations = 3000
for i = 1, 1000 do keep[i] = { { 1 }, { { 2, 3 } }, { x = { y = {} } } } end --> table.allocations = 7000, allocated = 1000 * (7 * TABLE + ARRAY(3) + ARRAY(1) + ARRAY(1) + ARRAY(2) + 2 * NODES(1))
for i = 1, 1000 do keep[i] = { [i] = true, [i + 0.5] = false, [{}] = 1 } end --> table.allocations = 2000, allocated >= 1000 * (2 * TABLE + NODES(3))

collectgarbage() -- only what the last two lines made can be alive, and all of the last is
local last = {} --> live = TABLE, table.live = TABLE, buffer.allocations = 0
last.only = keep --> live = NODE, allocations = 1, table.allocations = 0
