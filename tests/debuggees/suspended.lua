-- Coroutines that wait, to be ended from outside.
local closed = {}
local function waits(name, handler)
    return coroutine.create(function()
        local guard <close> = setmetatable({}, { __close = handler or function()
            closed[#closed + 1] = name --@handler
        end })
        local text = ("x"):rep(1000)
        coroutine.yield(#text)
    end)
end
local plain = waits("plain")
local fails = waits("fails", function() error("it does not want to") end)
local endless = waits("endless", function() while true do end end)
local new = coroutine.create(print)
coroutine.resume(plain) coroutine.resume(fails) coroutine.resume(endless)
local function look()
    local x = 1 --@stop
    return x
end
look()
coroutine.wrap(function()
    local inside = 1 --@in_coroutine
    return inside
end)()
print(coroutine.status(plain), coroutine.status(fails), coroutine.status(endless), coroutine.status(new))
print(table.concat(closed, " "))
print(coroutine.resume(plain))
