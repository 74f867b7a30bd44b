-- What modules take from the program's allocator: states, handed from one OS thread to another or not, and single blocks.
local other, blocks = require("other_state"), require("blocks")
local code = [[
    local t = {}
    for i = 1, 2000 do t[i] = { i } end
    local co = coroutine.create(function() coroutine.yield() end)
    resume(co)
    t.co = co
    kept = t
    collectgarbage()
    return tostring((require("luaheat").heap()))
]]

local here = other.run(code, "here") --@here
local handed = other.run(code, "handed") --@handed
local back = other.run(code, "back") --@back
handed:result() -- what was made here for it has come back
local mine = coroutine.create(function() end)
local small, large = blocks.new(100), blocks.new(100000) --@blocks
large:resize(300000) --@grown
large:resize(1000, 0) --@shrunk
local tagged = { blocks.new(64, 4), blocks.new(64, 5), blocks.new(64, 6), blocks.new(64, 8), blocks.new(64, 77) }
local keep = {}
for i = 1, 1000 do keep[i] = { i } end --@tables
print(#keep) --@stop
print(here:result(), handed:result(), back:result())
if arg[1] == "keep" then return end
small:free(0) --@freed
large:free(1 << 40)
for i = 1, #tagged do tagged[i]:free(0) end
print(mine and "over") --@over
