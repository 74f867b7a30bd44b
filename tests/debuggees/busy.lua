-- Loops until somebody sets `stop`, on the main thread or in a coroutine made before.
local where = ... or "main"
stop = false
local function forever()
    local i = 0
    while not stop do
        i = i + 1 --@loop
    end
    return i
end
local function calling()
    local function step(i) return i + 1 end --@step
    local i = 0
    while not stop do
        i = step(i) --@calling_loop
    end
end
local function generate()
    local function numbers()
        for i = 1, 3 do coroutine.yield(i) end --@yields
    end
    local sum = 0
    while not stop do
        for i in coroutine.wrap(numbers) do sum = sum + i end
    end
end
local co = coroutine.create(forever)
print("busy")
io.flush()
if where == "main" then forever() end
if where == "coroutine" then print(coroutine.resume(co)) end
if where == "wrap" then coroutine.wrap(forever)() end
if where == "nested" then coroutine.wrap(function() coroutine.wrap(forever)() end)() end
if where == "calling" then calling() end
if where == "generating" then generate() end
if where == "sleep" then os.execute("echo pid $$; exec sleep 1000") end
if where == "pattern" then
    local text = ("a"):rep(40)
    while not stop do
        text:find("a.-b") --@pattern_loop
    end
end
if where == "empty" then
    while true do end --@empty_loop
end
print("stopped")
