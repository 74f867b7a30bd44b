-- Statements of several lines: each begins once for each time it is executed.
local function text(i)
    return (("%d %s"):format( --@call
        i, --@argument
        "x")) --@last_argument
end

local function recursive(n)
    return math.max(0, --@recursive
        n == 0 and 0 or recursive(n - 1)) --@recursive_argument
end

local function fails(n)
    return tostring( --@fails
        n == 1 or error("no")) --@fails_argument
end

local function yields(i)
    return tostring( --@yields
        coroutine.yield(i)) --@yields_argument
end

if ... == "later" then
    text(coroutine.wrap(function()
        while true do
            text( --@later
                1) --@later_argument
            coroutine.yield(1)
        end
    end)())
end
for i = 1, 3 do --@loop
    print(text(i)) --@print
end
recursive(3)
for i = 1, 3 do pcall(fails, i) end
local function run(i) coroutine.resume(coroutine.create(yields), i) end
for i = 1, 3 do run(i) end --@one_line_loop
for i = 1, 3 do
    local co = coroutine.wrap(yields)
    co(i)
    co(i)
end
for _, i in ipairs { 1, 2, 3 } do text(i) end --@one_line_iterator
print("end") --@end
