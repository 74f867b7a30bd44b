-- Hooks that raise errors, that keep a balance of calls, and that look around.
local made = 0
local function forever()
    while true do
        made = made + #{ made } --> table.allocations > 1000
    end
end
local function limited(f, budget)
    debug.sethook(function() error("out of time", 0) end, "", budget)
    local ok, problem = pcall(f)
    debug.sethook()
    return ok, problem
end
print(limited(forever, 10000))
print(made)
local co = coroutine.create(forever)
debug.sethook(co, function() error({ "time" }) end, "", 5000) --> table.allocations = 1
local ok, problem = coroutine.resume(co)
print(ok, problem[1], made)

local depth, deepest = 0, 0
local function recurse(n) if n > 0 then return 1 + recurse(n - 1) end return 0 end
debug.sethook(function(event)
    if event == "call" then depth = depth + 1 elseif event == "return" then depth = depth - 1 end
    deepest = math.max(deepest, depth)
end, "cr")
recurse(50)
debug.sethook()
print(depth, deepest)

local seen = {}
debug.sethook(function(event, line)
    local info = debug.getinfo(2, "nSl")
    seen[#seen + 1] = (info.name or "?") .. ":" .. info.currentline - line
end, "l")
recurse(1)
debug.sethook()
print(table.concat(seen, " "))
