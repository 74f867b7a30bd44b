-- Stops after what Lua has refused, and while a state is closed.
local w
w = coroutine.wrap(function()
    local inner = coroutine.create(function()
        print(pcall(w))
        local here = {} --@refused
    end)
    coroutine.resume(inner)
    local there = {} --@normal
end)
w()
print(pcall(os.exit, {}))
local keep = {}
for i = 1, 100 do keep[i] = { i } end --@counted
local guard <close> = setmetatable({}, { __close = function()
    local t = {}
    for i = 1, 1000 do t[i] = { i } end
    print(#t) --@closing
end })
os.exit(3, true) --@exit
