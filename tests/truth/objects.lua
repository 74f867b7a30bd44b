-- How many objects are alive: what a table or a thread keeps its contents in is none.
local keep = {} --> objects = 1
for i = 1, 1000 do keep[i] = { i, name = "enemy " .. i } end --> objects = 600 * 2, table.allocations = 1000
for i = 1, 100 do keep[#keep + 1] = function() return i end end --> objects = 100 * 2
local co = coroutine.create(function() return 1 end) --> objects = 2, thread.allocations = 1
for i = 1, 400 do keep[i] = false end --> objects = 0
for i = 1, 100 do local _ = { i } end --> objects = 0, table.allocations = 100
local text = string.format("%d", 123456789) .. "!" --> objects = 1
collectgarbage()
collectgarbage()
print(#keep, #text, coroutine.status(co))
