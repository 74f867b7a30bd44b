-- Children of the program, which no debugger follows.
local process = require("process")
io.stdout:setvbuf("no")

local function child(name)
    local n = 0
    for i = 1, 10000 do
        n = n + 1 --@child
    end
    print(name, n, pcall(error, "caught"))
    os.exit(n // 1000)
end
local function fork(name)
    local pid = process.fork()
    if pid == 0 then child(name) end
    print(name, "ended", process.wait(pid))
end
function fork_once()
    local pid = process.fork()
    fork_once = function() return false end
    last_child = pid > 0 and pid
    return pid == 0
end

if arg[1] == "daemon" then
    local pid = process.fork()
    if pid > 0 then
        process.wait(pid)
        return
    end
    process.setsid()
    pid = process.fork()
    if pid > 0 then
        print("pid " .. pid)
        os.exit(0)
    end
    process.pause()
end
if arg[1] == "signalled" then
    local pid = process.fork()
    if pid == 0 then
        process.kill(process.getpid(), 1)
        child("survivor")
    end
    print("ended", process.wait(pid))
    return
end

fork("first") --@first
coroutine.wrap(fork)("in a coroutine")
forked = nil
local here = 1 --@stop
if forked == 0 then
    child("from a stop")
elseif forked then
    print("from a stop", "ended", process.wait(forked)) --@waiting
end
local there = 2 --@condition
print("over " .. here + there) --@over
if last_child then process.wait(last_child) end
