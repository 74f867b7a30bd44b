-- A window that is open when the program forks, and what the module answers in the child.
local process, luaheat = require("process"), require("luaheat")
io.stdout:setvbuf("no")
local window = luaheat.measure(function()
    local pid = process.fork()
    if pid > 0 then return process.wait(pid) end
    luaheat.lap("frame")
    luaheat.mark("phase")
    luaheat.mark()
    print("child", luaheat.heap(), (luaheat.measure(function() return {} end)), luaheat.lines())
end)
if window then print("parent", luaheat.heap() > 0) end
