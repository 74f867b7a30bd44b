-- Constants: Lua's compiler leaves no variable for them.
local unit <const> = 4
local size <const> = unit * (2 + 8) // 3
local text <const> = "say \"hi\" -- ä"
local shadowed <const> = 1
local kept <const> = tostring(5) -- this one is a variable

local function body(n)
    local own <const>, here = -n, n
    local inner <const> = ~1
    local shadowed <const> = 2
    for i = 1, 10 do
        here = here + i * inner --@body
        if i > 9 then here = here + unit + size + shadowed end
    end
    return here, own --@last
end

local run = arg[1] == "coroutine" and coroutine.wrap(body) or body
run(1)
