-- Concatenation. Short strings (up to 40 bytes) are made once and shared, longer ones each time anew;
-- a number becomes a string first.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep, numbers = room(1000), room(1000)

for i = 1, 900 do numbers[i] = "#" .. (i + 99) end --> string.allocations = 1800, allocated = 900 * (STRING(3) + STRING(4))
local long = ("x"):rep(100) --> live = STRING(100), allocations = 1
for i = 1, 1000 do keep[i] = long .. long end --> live = 1000 * STRING(200), allocations = 1000
local s = "" -- to which nothing is added: the first result is the constant itself
for i = 1, 200 do s = s .. "0123456789" end --> string.allocations = 199, string.allocated = 199 * STRING(0) + 10 * (200 * 201 / 2 - 1)
print(#s)

local function f() return ("f"):rep(50) end --> string.allocated = 2 * STRING(50)
local function g() return ("g"):rep(60) end --> string.allocated = 2 * STRING(60)
local function both()
    return f() .. g() .. "x" --> string.allocated = 2 * STRING(111), string.allocations = 2
end
local one, two = both(), both()
