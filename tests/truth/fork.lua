-- Children of the program: whatever they do, and however they end, nothing of it is in the program's figures.
local process = require("process")
io.stdout:setvbuf("no")
local keep = table.pack(table.unpack({}, 1, 100))

local function work()
    local t = {} --> nothing
    for i = 1, 5000 do t[i] = { i } end --> nothing
    collectgarbage() --> nothing
    return coroutine.wrap(function() return #t end)() --> nothing
end
local ends = {
    function() process._exit(work() // 1000) end,
    function() os.exit(work() // 1000) end,
    function() os.exit(work() // 1000, true) end,
    function() process.kill(process.getpid(), 9, work()) end,
    function() process.exec("sh", "-c", "exit 4", work()) end,
    function() error({ work() }) end,
}
local function child_of(fork, i)
    local pid = fork()
    if pid == 0 then
        pcall(ends[i]) --> nothing
        os.exit(6)
    end
    return process.wait(pid)
end
for i = 1, #ends do
    print(child_of(process.fork, i), child_of(process.clone, i))
    keep[i] = { i } --> live = 6 * (TABLE + ARRAY(1))
end

-- In a coroutine, in a hook, in a finalizer, in a message handler, in a child.
for i = 1, 3 do
    print(coroutine.wrap(child_of)(process.fork, i))
    keep[10 + i] = { i } --> live = 3 * (TABLE + ARRAY(1))
end
debug.sethook(function() debug.sethook() print(child_of(process.fork, 1)) end, "l")
keep[20] = { 1 } --> live = TABLE + ARRAY(1)
setmetatable({}, { __gc = function() print(child_of(process.fork, 2)) end })
collectgarbage()
keep[21] = { 1 } --> live = TABLE + ARRAY(1)
xpcall(error, function() print(child_of(process.fork, 3)) end)
keep[22] = { 1 } --> live = TABLE + ARRAY(1)
local pid = process.fork()
if pid == 0 then
    print(child_of(process.fork, 1))
    work()
    return
end
print(process.wait(pid))
keep[23] = { 1 } --> live = TABLE + ARRAY(1)
print(os.execute("exit 3"))
print(io.popen("echo popen"):read("a"))
keep[24] = { 1 } --> live = TABLE + ARRAY(1)
