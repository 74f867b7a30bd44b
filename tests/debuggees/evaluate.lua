-- Something to evaluate in: locals, upvalues, globals, arguments.
counter = 10
local upvalue = "up"
local untouched = 1
local object = { field = "f", list = { 1, 2, 3 } }
function object:double(n) return n * 2 end
local function work(a, b, ...)
    local sum = a + b
    local t = { sum = sum, upvalue = upvalue }
    if sum then
        local inner = sum * 2
        t.inner = inner --@here
    end
    return sum, ... --@after
end
local co = coroutine.create(function(x)
    local own = x .. "!"
    coroutine.yield(own) --@in_coroutine
end)
print(work(1, 2, "extra")) --@call
coroutine.resume(co, "value")
print(upvalue, counter) --@end
