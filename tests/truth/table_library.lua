-- What the table functions make or make grow is the line's that calls them.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local inserted, words, garbage = {}, {}, room(1000)
for i = 1, 1000 do table.insert(inserted, i) end --> allocated = GROWN_ARRAY(1000), live = GROWN_TO(1000), allocations = GROWTHS(1000)
for i = 1, 100 do words[i] = "word" end
local joined = table.concat(words, "-") --> live = STRING(499), allocations = 1
for i = 1, 100 do table.remove(inserted) end --> nothing
local packed = table.pack(1, 2, 3, 4, 5) --> live = TABLE + ARRAY(5) + NODES(1), allocations = 3
local moved = table.move(packed, 1, 5, 1, {}) --> table.live = TABLE, buffer.live = GROWN_TO(5), buffer.allocated = GROWN_ARRAY(5)
local a, b, c = table.unpack(packed) --> nothing

local numbers = { 5, 3, 8, 1, 9, 2, 7 }
local compared = 0
table.sort(numbers, function(x, y)
    compared = compared + 1
    garbage[compared] = { x, y }
    return x < y
end) --> function.allocated = CLOSURE(2), upvalue.allocations = 2
local pairs_made = {}
table.sort(numbers, function(x, y)
    local pair = { x, y, x, y } --> table.allocations = measured_comparisons, live = measured_comparisons * (TABLE + ARRAY(4))
    pairs_made[pair] = true
    return x > y
end)
local n = 0
for _ in pairs(pairs_made) do n = n + 1 end --> nothing
print(("measured measured_comparisons %d"):format(n))
print(joined, compared, table.concat(numbers, " "))
