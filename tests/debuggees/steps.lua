-- Calls of every kind to step over, into and out of.
local function leaf(n)
    local twice = n * 2 --@leaf
    return twice --@leaf_end
end

local function caller(n)
    local a = leaf(n) --@caller
    local b = leaf(a) --@caller_second
    return a + b --@caller_end
end

local function recurse(n)
    if n == 0 then --@recurse
        return 0 --@bottom
    end
    local below = recurse(n - 1) --@recurse_call
    return below + 1 --@recurse_end
end

local function tail(n)
    return leaf(n) --@tail
end

local function many_lines(a, b)
    return a + b --@many_lines
end

local function less(a, b)
    return a < b --@comparator
end

local x = caller(1) --@start
x = recurse(3) --@over_recursion
x = tail(x) --@over_tail
x = many_lines(1, --@call_over_lines
    2)
table.sort({ 3, 1, 2 }, less) --@over_sort
for i = 1, 2 do --@loop
    x = x + i --@loop_body
end
local y = x --@end
