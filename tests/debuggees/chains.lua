-- Fields that are reached by all that Lua can write in brackets.
local size <const> = 2
local x = { y = "outer" }
local t = {
    ["["] = { field = 1 }, ["]"] = 1, ["a\nb"] = 1, ["\0x"] = 1, [-1] = 1, [1.5] = 1, [true] = 1, ["é"] = 1,
    ["q\"q'"] = 1, [""] = 1, [math.mininteger] = 1, a = { { 1 } }, [2] = 1, ab = 1,
}
local key, i = "a", 1
shared = { t = t }

local function work()
    local x = { y = "hidden" }
    local hidden = x
    local x <const> = 7
    local sum = size + i + x --@here
    t["["] = { field = 2 }
    for k, value in pairs(t) do --@bracket_written
        if value == 1 then t[k] = 2 end
    end
    t.a[1][1] = 2 --@written
    t["new\nkey"], t[2.5] = 1, 1 --@nested_written
    return sum, key, x, shared, hidden --@created
end

if arg[1] == "coroutine" then coroutine.wrap(work)() else work() end
print(size, x.y)
