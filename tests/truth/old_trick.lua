-- The two loops that the old debug.sethook trick could not tell apart, each constructor on a line of its
-- own and then each loop on one line.
local arrays, hashes = {}, {}
for i = 1, 1000 do
    local t = { 1, 2, 3, 4, 5, 6, 7, 8 } --> live = 1000 * (56 + 8 * 16), allocated = 1000 * (56 + 8 * 16), table.allocations = 1000, allocations = 2000
    arrays[i] = t --> live = GROWN_TO(1000), allocated = GROWN_ARRAY(1000), allocations = GROWTHS(1000)
end
for i = 1, 1000 do
    local t = { a = 'a', b = 'b', c = 'c', d = 'd', e = 'e', f = 'f', g = 'g', h = 'h' } --> live = 1000 * (56 + 8 * 24), allocated = 1000 * (56 + 8 * 24), table.allocations = 1000, allocations = 2000
    hashes[i] = t --> live = GROWN_TO(1000), allocated = GROWN_ARRAY(1000), allocations = GROWTHS(1000)
end
local a, h = {}, {}
for i = 1, 1000 do a[i] = { 1, 2, 3, 4, 5, 6, 7, 8 } end --> live = 1000 * (56 + 8 * 16) + GROWN_TO(1000), table.allocations = 1000
for i = 1, 1000 do h[i] = { a = 'a', b = 'b', c = 'c', d = 'd', e = 'e', f = 'f', g = 'g', h = 'h' } end --> live = 1000 * (56 + 8 * 24) + GROWN_TO(1000), table.allocations = 1000
