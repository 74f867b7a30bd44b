-- Functions to be stopped at by name, called in every way there is.
local where = arg[1] or "main"

M = {}
function M.f(a)
    return a --@M_f
end

local Class = {}
Class.__index = Class
function Class:method(a)
    local result = a --@method
    return result
end
local Derived = setmetatable({}, { __index = Class })
Derived.__index = Derived

local function helper(a, ...)
    return a, ... --@helper
end

function global_function(a) return a end --@global_function

local private = {
    inner = function(a)
        return a --@inner
    end,
}

local function make()
    return function(a)
        return a --@made
    end
end
local made = make()

local function calls()
    local object = setmetatable({}, Derived)
    M.f(1)
    object:method(2)
    pcall(helper, 3)
    global_function(4)
    private.inner(5)
    made(6)
    table.sort({ 2, 1 }, function(a, b) return helper(a < b) end)
    M.f = function(a)
        return a + 1 --@redefined
    end
    M.f(7)
    M.f = made
    M.f(8)
    load("function loaded(a)\n return a end")()
    loaded(9)
    string.rep("x", 3) --@c_call
end

if where == "coroutine" then
    local co = coroutine.create(calls)
    coroutine.resume(co)
    coroutine.wrap(helper)(10)
else
    calls()
    helper(10)
end
