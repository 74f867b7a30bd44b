-- What an expression means is the same in a condition, in a log message and at a stop.
local size <const> = 3 -- of which nothing is left when it runs
local kept <const> = { "kept" }
local guard <close> = setmetatable({}, { __close = function() end })

local function body(first, ...)
    local own <const> = { first }
    local later <close> = guard
    local seen = kept[1]
    do local own = 0; seen = seen .. own end
    return seen, own, later, size --@here
end

local function outer(...)
    local own = { "outer's" }
    return body(...), own --@outer
end

local function run()
    outer(1, nil, 3)
end

if arg[1] == "coroutine" then coroutine.wrap(run)() else run() end
load("local kept <const> = { 'loaded' }\nlocal n = kept[1]\nprint(n, kept[1])\n")()
print(kept[1])
