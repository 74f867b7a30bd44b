-- Coroutines, protected calls, errors, closing and refusals, nested as a random seed will have it. Each marked line allocates one
-- table each time, and how often is printed in the end. (Nothing yields where coroutine.isyieldable says so: after an error in a
-- __close handler that is not to be trusted in Lua 5.4.4.)
math.randomseed(tonumber(arg[1]))
local count, kept, budget = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, table.pack(table.unpack({}, 1, 300)), 3000
local resumables, wraps, number = table.pack(table.unpack({}, 1, 60)), table.pack(table.unpack({}, 1, 60)), 0
local main = coroutine.running()
local act

local function pick(list) return list[math.random(#list)] end
local function keep(value, n)
    count[n] = count[n] + 1
    kept[math.random(2, 300)] = value
end
local function some()
    keep({}, 1) --@1
    if math.random(2) == 1 then
        keep({}, 2) --@2
    end
end
local function body(depth)
    return function(...)
        keep({}, 3) --@3
        act(depth)
        if math.random(2) == 1 then coroutine.yield() end
        keep({}, 4) --@4
        act(depth)
        if math.random(4) == 1 then error(nil) end
        keep({}, 5) --@5
    end
end
local function on_close()
    keep({}, 6) --@6
    if math.random(3) == 1 then error("close", 0) end
end
local function finalizer() -- whenever that is
    count[7] = count[7] + 1
    kept[1] = {} --@7
end
local closing, collected = { __close = on_close }, { __gc = finalizer }
local function guarded(depth)
    local guard <close> = setmetatable({}, closing)
    act(depth)
    keep({}, 8) --@8
    act(depth)
end
local function handler(message)
    keep({}, 9) --@9
    if math.random(5) == 1 then pcall(act, 4) end
    return message
end
local function answers(good, ...) return good and "ok" or "failed" end

local actions = {
    function(depth) some() end,
    function(depth) pcall(act, depth) keep({}, 10) end, --@10
    function(depth) xpcall(act, handler, depth) keep({}, 11) end, --@11
    function(depth) pcall(guarded, depth) end,
    function(depth)
        local co = coroutine.create(body(depth))
        resumables[math.random(60)] = co
        answers(coroutine.resume(co))
        keep({}, 12) --@12
    end,
    function(depth)
        local w = coroutine.wrap(body(depth))
        wraps[math.random(60)] = w
        if math.random(2) == 1 then pcall(w) else w() end
    end,
    function() local co = pick(resumables) if co then coroutine.resume(co) end some() end,
    function() local w = pick(wraps) if w then pcall(w) end some() end,
    function() local w = pick(wraps) if w then w() end end,
    function() local co = pick(resumables) if co then pcall(coroutine.close, co) end some() end,
    function() coroutine.resume(main) some() end,
    function() coroutine.resume(coroutine.running()) some() end,
    function() pcall(coroutine.close, coroutine.running()) some() end,
    function() pcall(os.exit, finalizer) pcall(os.exit, 1.5, true) some() end,
    function() pcall(debug.sethook, {}) pcall(coroutine.wrap) pcall(coroutine.resume, 1) some() end,
    function() setmetatable({}, collected) if math.random(4) == 1 then collectgarbage() end end,
    function() error(nil) end,
}
function act(depth)
    budget = budget - 1
    if budget < 0 or depth > 12 then return end
    for i = 1, math.random(3) do pick(actions)(depth + 1) end
end
while budget > 0 do
    pcall(act, 0)
    some()
end
collectgarbage()
print(table.concat(count, " "))
