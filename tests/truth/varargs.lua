-- Variable arguments live on the stack, which no line pays for, until they are put into a table.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep = room(1000)
local function count(...) return select('#', ...) end --> live = CLOSURE(1)
local function pass(...) return ... end --> live = CLOSURE(0)
local function collect(...)
    return { ... } --> live = 100 * (TABLE + ARRAY(5)) + TABLE
end
local function collect_after(...)
    return { 1, 2, ... } --> live = 100 * (TABLE + ARRAY(5))
end
local function packed(...)
    return table.pack(...) --> live = 100 * (TABLE + ARRAY(3) + NODES(1))
end
count(pass(1)) -- call records from here on
for i = 1, 1000 do count(pass(1, 2, 3, i)) end --> table.allocations = 0, string.allocations = 0
for i = 1, 100 do keep[i] = collect(1, 2, 3, 4, i) end
for i = 101, 200 do keep[i] = collect_after(3, 4, i) end
for i = 201, 300 do keep[i] = packed(nil, nil, i) end
local none = collect()
print(count(), count(nil), count(nil, nil), #keep[1])
