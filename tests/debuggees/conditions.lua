-- Loops for breakpoints with conditions, counts and log messages, in the main thread and in a coroutine.
local limit = 10
total = 0
local settings = { level = 1, name = "}" }

local function work(n, label)
    for i = 1, n do
        total = total + i --@body
        local seen = { i, n } --@second
        if i % 5 == 0 then
            print(label, i) --@print
        end
    end
    return limit, settings
end

local function forever()
    while true do end
end

local function endless()
    return coroutine.wrap(function() while true do end end)()
end

local function maybe(i)
    if i % 2 == 0 then
        return { value = i }
    end
end

if arg[1] == "coroutine" then
    coroutine.wrap(work)(10, "c")
else
    work(10, "m")
end
for i = 1, 6 do
    local object = maybe(i)
    total = total + 1 --@object
end
print("end", total, forever ~= endless) --@last
