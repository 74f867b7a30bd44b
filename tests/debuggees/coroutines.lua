-- Coroutines by create and wrap, nested, yielding and ending.
local function inner(n)
    local i = n + 1 --@inner
    coroutine.yield(i) --@inner_yield
    return i + 1 --@inner_end
end
local function body(n)
    local first = n * 2 --@body
    local back = coroutine.yield(first) --@yield
    local second = back + 1 --@resumed
    return second --@body_end
end

local co = coroutine.create(body) --@create
local ok, a = coroutine.resume(co, 1) --@resume
local between = a + 1 --@between
ok, a = coroutine.resume(co, 10) --@resume_again
local after = a --@after

local generate = coroutine.wrap(inner) --@wrap
local b = generate(1) --@call_wrap
local c = generate() --@call_wrap_again
local outer = coroutine.wrap(function()
    local nested = coroutine.wrap(inner)
    local d = nested(5) --@nested
    coroutine.yield(d) --@outer_yield
    return nested() --@nested_again
end)
local e = outer() --@call_outer
local f = outer() --@call_outer_again
for value in coroutine.wrap(function()
    for i = 1, 3 do
        coroutine.yield(i) --@iterator
    end
end) do --@for
    b = b + value --@for_body
end
local done = true --@end
