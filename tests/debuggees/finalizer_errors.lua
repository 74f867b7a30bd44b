-- Two finalizers that fail: the first does not catch its error, the second does.
warn("@on")
setmetatable({}, { __gc = function() error("not caught") end })
collectgarbage()
setmetatable({}, { __gc = function() pcall(error, "caught") end })
collectgarbage()
print("after")
