-- A variable far below what runs, and frames that errors take away.
local where = arg[1] or "main"

local function deep(n)
    if n == 0 then return 0 end
    return deep(n - 1) + 1
end
local function fail(n)
    if n == 0 then error("x") end
    fail(n - 1)
    return n
end
local function twice(n)
    local again = n
    again = again + 1 --@again
    if n < 3 then error("x") end --@again_written
    return again
end
local function closes()
    local value <close> = setmetatable({}, { __close = function(_, again)
        again = "in the place of the other"
        again = nil
    end })
    local again = 1
    again = 2 --@before_closing
    error(again) --@closes
end

local function outer()
    local kept = 1
    deep(150000) --@here
    kept = 2
    pcall(fail, 50000) --@kept_written
    kept = 3
    pcall(function() kept = deep(50000) error("x") end) --@kept_again
    kept = kept + 1 --@kept_deep
    return kept --@kept_last
end

print(where == "coroutine" and coroutine.wrap(outer)() or outer())
pcall(twice, 1) pcall(twice, 2) pcall(twice, 3) --@twice
pcall(closes)
print("end")
