-- A finalizer to stop in: by an error, as Lua calls no hook there.
local failed
setmetatable({}, { __gc = function()
    failed = not pcall(error, "in a finalizer") --@finalizer
end })
collectgarbage()
print(failed)
