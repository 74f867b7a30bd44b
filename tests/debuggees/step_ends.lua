-- Functions that end in the middle of the line that has called them, whoever called: `after` is on that line, too.
local which = ...

local function after(...)
    return ... --@after
end

local function inner(...)
    return ... --@inner
end

local function thrower()
    error("thrown") --@thrower
end

local function less(a, b)
    return a < b --@less
end

local function tail(n)
    return inner(n)
end

local function factorial(n)
    if n == 0 then
        return 1 --@bottom
    end
    return n * factorial(n - 1) --@recursion
end

local metatable = { __close = function() inner() end }
for _, event in ipairs { "index", "newindex", "add", "unm", "concat", "len", "lt", "le", "eq", "call", "bnot" } do
    metatable["__" .. event] = inner
end
local object, other = setmetatable({}, metatable), setmetatable({}, metatable)

local cases = {
    call = function() after(inner(1)) end, --@call
    later = function() after(1 + inner(1), inner) end, --@later
    tail = function() after(tail(1)) end, --@tail
    pcall = function() after(pcall(inner, 1)) end, --@pcall
    nested_pcall = function() after(pcall(pcall, inner, 1)) end, --@nested_pcall
    xpcall = function() after(xpcall(inner, print, 1)) end, --@xpcall
    gsub = function() after(("xyz"):gsub(".", inner)) end, --@gsub
    sort = function() after(table.sort({ 3, 1, 2, 5, 4 }, less)) end, --@sort
    index = function() after(object.field) end, --@index
    newindex = function() object.field = 1; after() end, --@newindex
    add = function() after(object + 1) end, --@add
    unm = function() after(-object) end, --@unm
    concat = function() after(object .. "x") end, --@concat
    len = function() after(#object) end, --@len
    lt = function() after(object < other) end, --@lt
    le = function() if object <= other then after() end end, --@le
    eq = function() if object == other then after() end end, --@eq
    called = function() after(object(1)) end, --@called
    iterator = function() for _ in inner, 1, 1 do after() break end end, --@iterator
    resume = function() after(coroutine.resume(coroutine.create(inner), 1)) end, --@resume
    wrap = function() after(coroutine.wrap(inner)(1)) end, --@wrap
    coroutines = function() after(coroutine.wrap(function() return coroutine.wrap(inner)(1) end)()) end, --@coroutines
    wrap_iterator = function() for _ in coroutine.wrap(inner), 1, 1 do after() break end end, --@wrap_iterator
    error = function() after(pcall(thrower)) end, --@error
    error_in_coroutine = function() after(coroutine.resume(coroutine.create(thrower))) end, --@error_in_coroutine
    error_through_wrap = function() after(pcall(coroutine.wrap(thrower))) end, --@error_through_wrap
    error_handled = function() after(xpcall(thrower, debug.traceback)) end, --@error_handled
    factorial = function() print(factorial(5)) end, --@factorial
}

function cases.over_lines()
    after(1, --@over_lines
        inner(2), --@argument
        3) --@last_argument
end

function cases.closed()
    do local value <close> = object end after() --@closed
end

cases[which]()
print("end")
