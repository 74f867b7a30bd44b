-- Variables at the end of a path, of which tables are replaced, missing, and inherited.
local where = arg[1] or "main"
local outer = { cfg = { level = 1 }, list = { { n = 1 } } }
local key = {}
shared = { nested = { deep = 1 } }

local function work(argument)
    local cfg = { nested = { a = { b = 1 } }, [key] = { under = 1 } }
    local class = { settings = { volume = 5 } }
    class.__index = class
    local object = setmetatable({}, class)
    local x = 1 --@here
    cfg.nested = { a = { b = 2 } } --@replace
    cfg.nested.a.b = 3 --@replaced
    cfg.nested.a = { b = 3 } --@written
    cfg.nested = nil --@same
    x = x + 1 --@missing
    cfg.nested = { a = {} }
    cfg.nested.a.b = 4
    cfg = { nested = { a = { b = 5 } } } --@back
    outer.cfg = { level = 2 } --@other_table
    outer.list[1] = { n = 2 } --@upvalue_replaced
    outer = { cfg = { level = 2 }, list = { { n = 3 } } } --@item_replaced
    outer.cfg.level = 9 --@upvalue_assigned
    class.settings = { volume = 6 } --@upvalue_written
    object.settings = { volume = 7 } --@class_written
    setmetatable(object, nil) --@own_written
    object.settings = nil --@metatable_gone
    shared = { nested = { deep = 2 } } --@last_inherited
    shared = nil --@global_replaced
    argument.x = { y = 2 } --@global_missing
    return x --@argument_written
end

local argument = { x = { y = 1 } }
if where == "coroutine" then coroutine.wrap(work)(argument) else work(argument) end
print("end") --@end
