-- Uses debug.sethook itself while it is debugged.
local lines = {}
local function on_line(event, line) lines[#lines + 1] = line end
local function work()
    local a = 1 --@work
    local b = 2 --@work_second
    return a + b --@work_end
end
debug.sethook(on_line, "l")
work() --@call
debug.sethook() --@unhook
print(#lines, debug.gethook()) --@print
local counted = 0
debug.sethook(function() counted = counted + 1 end, "", 100)
local sum = 0
for i = 1, 10000 do sum = sum + i end --@count_loop
debug.sethook()
print(counted > 100) --@end
