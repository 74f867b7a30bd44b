-- A tail call replaces its caller: what is called this way allocates on its own lines as ever.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep = room(1000)
local function make(a, b)
    return { a, b } --> live = 1000 * (TABLE + ARRAY(2)), table.allocations = 1000
end
local function through(a, b) return make(a, b) end
local function twice(a, b)
    return through(a, { b }) --> live = 1000 * (TABLE + ARRAY(1))
end
for i = 1, 1000 do keep[i] = twice(i, i) end --> table.allocations = 0

local function down(n)
    if n == 0 then return ("done"):rep(30) end --> live = STRING(120), string.allocations = 1
    return down(n - 1) --> table.allocations = 0, allocated <= 2 * CALLINFO
end
local done = down(1000000)
local text = ("t"):rep(45)
local function build() return text:rep(2) end --> string.live = 10 * STRING(90)
for i = 1, 10 do keep[i] = build() end --> string.allocations = 0
