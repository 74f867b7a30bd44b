-- What the string functions make is the line's that calls them.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep, rest = room(1000), room(100)
local big = ("y"):rep(5000) -- the first buffer makes the metatable of all of them

for i = 1, 100 do rest[i] = ("x"):rep(1000) end --> string.live = 100 * STRING(1000), string.allocations = 100, userdata.allocations = 0
for i = 1, 100 do keep[i] = ("x"):rep(5000) end --> string.live = 100 * STRING(5000), string.allocations = 100, userdata.allocated = 100 * BOX, buffer.allocated >= 100 * 5000, buffer.allocated <= 100 * (5000 + CALLINFO)
for i = 101, 200 do keep[i] = ("%d %s"):format(i, "0123456789012345678901234567890123456789") end --> live = 100 * STRING(44), allocations = 100
for i = 201, 300 do keep[i] = ("%05d"):format(i) end --> live = 100 * STRING(5), allocations = 100
for i = 301, 400 do keep[i] = big:gsub("y", "z", 10) end --> string.live = 100 * STRING(5000), string.allocations = 100
for i = 401, 500 do keep[i] = big:sub(1, i) end --> live = 100 * STRING(0) + (401 + 500) * 50, allocations = 100
for i = 501, 600 do keep[i] = big:upper() end --> string.live = 100 * STRING(5000), userdata.allocations = 100
for i = 601, 700 do keep[i] = string.char(1, 2, i % 256, 3, 4) end --> live = 100 * STRING(5), allocations = 100
for i = 701, 800 do keep[i] = big:byte(i) end --> nothing
for i = 801, 900 do keep[i] = #big + select('#', big:find("yyy", 1, true)) end --> nothing
local replaced = ("a b c d"):gsub("%a", function(letter)
    return { letter:rep(100) } and letter:rep(50) --> table.allocations = 4, string.allocated = 4 * (STRING(100) + STRING(50)), buffer.allocated >= 4 * ARRAY(1)
end)
print(replaced)
