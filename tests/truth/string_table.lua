-- Lua's table of short strings doubles when some line adds one too many: no line is blamed for it.
local keep = table.pack(table.unpack({}, 1, 20000))
for i = 1, 20000 do keep[i] = ("%06d"):format(i) end --> live = 20000 * STRING(6), allocations = 20000, buffer.allocations = 0
--> @(string table) live = 32768 * 8, allocations >= 8, string.live = 0
