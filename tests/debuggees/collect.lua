-- Garbage that nobody collects but the debugger.
collectgarbage("stop")
local kept = { string.rep("k", 10000) }
local weak = setmetatable({ {} }, { __mode = "v" })
setmetatable({}, { __gc = function() print("finalized") end }) --@made
for i = 1, 10000 do local dropped = { i } end
if ... == "forever" then
    print("it runs")
    while #kept == 1 do end
end
print(#weak, #kept[1]) --@stop
