-- os.exit refuses its argument, and the program goes on: nothing has ended.
local keep = {}
print(pcall(os.exit, {}))
print(pcall(os.exit, "x", true))
for i = 1, 1000 do keep[i] = { i } end --> table.live = 1000 * TABLE
print(pcall(os.exit, 1.5))
local last = { 1, 2 } --> live = TABLE + ARRAY(2)
print(#keep, #last)
