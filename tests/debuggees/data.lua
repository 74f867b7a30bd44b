-- Variables that change.
local where = arg[1] or "main"
counter = 1
config = { debug = { level = 1 }, ["odd key"] = "odd", 10, 20 }
local private = { value = "old", [true] = 1 }

local function outer()
    local total = 0
    local text = ("long "):rep(20)
    local function add(n)
        total = total + n --@add
    end --@added
    local hidden = 1
    local function change() hidden = 2 end
    local hidden = "another"
    local before = 1 --@here
    counter = 2 --@write_global
    config.debug.level = 2 --@global_written
    private.value = "new" --@path_written
    config[2] = 21 --@field_written
    config["odd key"] = nil --@item_written
    total = total + 1 --@odd_written
    add(5) --@local_written
    counter = counter + 0 --@same
    text = ("long "):rep(20)
    config.debug = { level = 3 } --@replace
    rawset(private, "value", 1.5) --@replaced
    pcall(function() total = -1 error("x") end) --@raw_written
    before = total --@after_error
    change()
    return before, hidden --@hidden_written
end

local result = where == "coroutine" and coroutine.wrap(outer)() or outer() --@call
print("end", result) --@last
