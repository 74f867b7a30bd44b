-- Lua keeps a record of each active call, made by the line that first calls so deep. The collector frees
-- half of those not in use, so it is stopped here.
collectgarbage("stop") --> allocated = CALLINFO
local function f() return 1 end
local function g()
    return f() + f() --> allocated = CALLINFO
end
local function h()
    local a = g() --> allocated = CALLINFO
    return a + g() --> nothing
end
f() --> nothing
h() --> nothing
h() --> nothing
