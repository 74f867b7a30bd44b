-- States of a module on OS threads of their own, with the program's allocator: they are in no figure, and disturb none.
local other = require("other_state")
local code = [[
    local kept = {}
    for i = 1, 30 do
        local co = coroutine.create(function(n) local t = {} for k = 1, n do t[k] = { k, k .. "" } end coroutine.yield(t) end)
        kept[i % 7] = { co, select(2, (resume or coroutine.resume)(co, 400)), select(2, pcall(error, {})) }
    end
    collectgarbage()
    return #kept
]]
local keep = table.pack(table.unpack({}, 1, 4000))
local function round(i)
    for k = 1, 1000 do
        keep[i * 1000 + k] = { k } --> live = 3000 * (TABLE + ARRAY(1))
    end
    for k = 1, 50 do
        local co = coroutine.wrap(function() coroutine.yield({ k, k }) end) --> thread.allocations = 150
        co() --> table.allocations = 0
    end
end
for i, how in ipairs({ "there", "there", "there" }) do
    local one, two = other.run(code, how), other.run(code, how)
    round(i - 1)
    print(one:result(), two:result())
end
