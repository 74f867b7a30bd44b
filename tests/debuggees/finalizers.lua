-- Finalizers in Lua and in C, that the debugger's own work sets off.
local kept = {}
local function make(i)
    return setmetatable({}, { __gc = function()
        kept[#kept + 1] = { i } --@finalizer
    end })
end
local function helper(i)
    kept[#kept + 1] = coroutine.wrap(function(n) return { n } end)(i) --@helper
end
local function indirect(i)
    return setmetatable({}, { __gc = function() helper(i) end })
end
local function busy()
    local t = {}
    for i = 1, 20 do t[i] = { i } end --@busy
    return #t == 20
end
local function collect(...)
    collectgarbage()
    busy()
    return false, ...
end
local function handler(message) return message end
for i = 1, 10 do
    make(i)
    indirect(i)
    local x = i --@condition
end
make(0)
indirect(0)
local done = xpcall and #kept --@stop
local guard = coroutine.create(function()
    local closing <close> = setmetatable({}, { __close = function() end })
    coroutine.yield()
end)
coroutine.resume(guard)
print(done, coroutine.close(guard)) --@last
