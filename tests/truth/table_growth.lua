-- Growing a table: the block belongs to the line that made it grow last. In the array part the grown
-- block is handed over, in the hash part a new block replaces the old one.
local t = {} --> live = TABLE
t[1] = 'one' --> allocated = 16, live = 0, freed = 16
t[2] = 'two' --> allocated = 32, live = 0, freed = 32
t[3] = 'three' --> allocated = 64, freed = 64, live = 0, allocations = 1
t[4] = 'four' --> nothing
for i = 5, 16 do t[i] = i end --> allocated = 16 * (8 + 16), live = 16 * 16, freed = 16 * 8, allocations = 2

local h = {} --> live = TABLE
h.a = 1 --> allocated = NODE, freed = NODE
h.b = 2 --> allocated = 2 * NODE, freed = 2 * NODE
h.c = 3 --> allocated = 4 * NODE, freed = 4 * NODE
h.d = 4 --> nothing
h.e = 5 --> live = 8 * NODE, allocations = 1
h.a = nil --> nothing

local both = { 1, 2, 3 } --> allocated = TABLE + ARRAY(3), live = TABLE, freed = ARRAY(3)
both.x = true --> allocated = NODE + ARRAY(4), live = NODE + ARRAY(4), allocations = 2
both[4] = 4 --> nothing

local long = {}
for i = 1, 100000 do long[i] = i end --> allocated = GROWN_ARRAY(100000), allocations = GROWTHS(100000), live = GROWN_TO(100000)
local keyed = {}
for i = 1, 1000 do keyed["key" .. i + 999] = i end --> buffer.allocated = NODE * (2 * 1024 - 1), buffer.live = NODE * 1024, buffer.allocations = 11
