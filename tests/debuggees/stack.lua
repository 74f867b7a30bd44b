-- Frames of all kinds.
local object = {}
function object:method(n)
    return n + 1 --@method
end
function object.field(n)
    local r = object:method(n) --@field
    return r
end
function global_function(n)
    local r = object.field(n) --@global
    return r
end
local upvalue = function(n) return (global_function(n)) end --@upvalue
local function deep(n)
    if n == 0 then
        return 0 --@deep
    end
    return 1 + deep(n - 1) --@deep_call
end
local function by_c()
    local made = true --@by_c
    return made
end
local function tail_target()
    return (select('#')) --@tail_target
end
local function tail_caller() return tail_target() end
local proxy = setmetatable({}, { __index = function(t, key)
    return key .. "!" --@metamethod
end })

local a = upvalue(1) --@start
a = tail_caller() --@call_tail
a = pcall(by_c) --@call_by_c
a = proxy.key --@call_metamethod
a = deep(100000) --@call_deep
a = deep(150) --@call_150
local chunk = load("local x = ...\nlocal y = x * 2\nreturn y", "=(a chunk)")
a = chunk(21) --@call_chunk
local code = load("local first = 1\nreturn first + (...)()")
a = code(function()
    return 1 --@called_by_code
end)
