-- A metamethod allocates on its own lines; the line that triggers it pays for its own work only.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep = room(1000)
local meta = {}
local function new(value)
    return setmetatable({ value }, meta) --> table.live = 111 * TABLE, buffer.live >= 111 * ARRAY(1)
end
function meta.__add(a, b)
    local sum = { a[1], b[1] } --> live = 100 * (TABLE + ARRAY(2)), allocations = 200
    return sum
end
function meta.__concat(a, b)
    return ("+"):rep(70) --> live = 100 * STRING(70)
end
function meta.__index(t, key)
    return { t, key } --> live = 100 * (TABLE + ARRAY(2))
end
function meta.__newindex(t, key, value)
    rawset(t, key, value) --> buffer.live = 10 * NODES(1), table.allocations = 0
end
function meta.__call(self, x)
    return { x, x, x } --> live = 100 * (TABLE + ARRAY(3))
end
function meta.__len()
    keep[1000] = {} --> table.allocations = 100, allocated = 100 * TABLE
    return 3
end
function meta.__eq()
    return { 1 } ~= nil --> table.allocations = 50
end
function meta.__lt(a, b)
    return { 1, 2 } ~= nil --> table.allocations = 50
end
function meta.__unm() return { 7 } end --> table.live = 50 * TABLE
function meta.__tostring() return ("s"):rep(80) end --> string.allocated = 50 * STRING(80)
function meta.__close() keep[999] = { closed = true } end --> table.allocations = 50, buffer.allocated >= 50 * NODES(1)

local one, two = new(1), new(2)
for i = 1, 100 do keep[i] = one + two end --> table.allocations = 0, string.allocations = 0
for i = 101, 200 do keep[i] = one .. two end --> table.allocations = 0, string.allocations = 0
for i = 201, 300 do keep[i] = one.missing end --> table.allocations = 0
for i = 301, 400 do keep[i] = one(i) end --> table.allocations = 0
for i = 401, 410 do keep[i] = new(i) keep[i].field = i end --> table.allocations = 0
for i = 1, 100 do local n = #one end --> table.allocations = 0
for i = 1, 50 do local same = one == two end --> table.allocations = 0
for i = 1, 50 do local less = one < two end --> table.allocations = 0
for i = 501, 550 do keep[i] = -one end --> table.allocations = 0
for i = 551, 600 do keep[i] = tostring(one) end --> table.allocations = 0, string.allocations = 0
local held = room(99)
for i = 1, 99 do held[i] = new(i) end
for i = 1, 50 do local closing <close> = held[i] end --> table.allocations = 0, upvalue.allocated = 50 * TO_BE_CLOSED
