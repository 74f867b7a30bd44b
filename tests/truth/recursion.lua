-- 100,000 calls deep: a record for each call on the line that calls, the stack on (startup).
local function deep(n)
    if n == 0 then return 0 end
    return 1 + deep(n - 1) --> allocated = 100000 * CALLINFO, buffer.allocations = 100000
end
deep(0)
assert(deep(100000) == 100000) --> nothing
--> @(startup) buffer.allocated >= 2 * 100000 * 2 * TVALUE

local function overflow(n)
    return 1 + overflow(n + 1) --> table.allocations = 0
end
local ok, problem = pcall(overflow, 1) --> table.allocations = 0
print(ok, problem:match("stack overflow"))
local after = { 1, 2, 3 } --> live = TABLE + ARRAY(3)
