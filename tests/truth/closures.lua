-- Functions and the variables they share.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep = room(3000)

for i = 1, 1000 do keep[i] = function() end end --> live = 1000 * CLOSURE(0), function.allocations = 1000, allocations = 1000
for i = 1, 1000 do keep[1000 + i] = function() return i end end --> live = 1000 * (CLOSURE(1) + UPVALUE), upvalue.allocations = 1000, function.allocated = 1000 * CLOSURE(1)
for i = 1, 1000 do
    local a, b = 1, 2
    local function set() a = i b = i end --> live = 1000 * (CLOSURE(3) + 3 * UPVALUE)
    local function get() return a + b end --> live = 1000 * CLOSURE(2), upvalue.allocations = 0
    keep[2000 + i] = function() return set, get end --> live = 1000 * (CLOSURE(2) + 2 * UPVALUE)
end
local function counter()
    local n = 0
    return function() n = n + 1 return n end --> live = CLOSURE(1) + UPVALUE
end
local count = counter()
for i = 1, 1000 do count() end --> nothing
print(count())
