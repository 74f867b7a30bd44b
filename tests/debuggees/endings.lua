-- Keeps 100 tables of two, then ends as its argument says.
local how, detail = ...
local kept = table.pack(table.unpack({}, 1, 100))
for i = 1, 100 do kept[i] = { i, i } end
print("kept")
io.flush()

local function forever()
    while true do end
end

if how == "error" then error("as asked") end
if how == "exit" then os.exit(3) end
if how == "close" then os.exit(true, true) end
if how == "failure" then os.exit(false) end
if how == "finalizer" then
    setmetatable({}, { __gc = function() os.exit(4) end })
    collectgarbage()
end
if how == "signal" then os.execute("kill -" .. detail .. " $PPID") forever() end --@signal
if how == "loop" then forever() end
if how == "coroutine" then coroutine.wrap(forever)() end
if how == "interrupted" then
    print(pcall(function()
        print("ready") io.flush()
        forever()
    end))
    local start = os.clock()
    while os.clock() < start + 0.4 do end --> longer than a second interrupt would take to come
    print("went on")
end
if how == "memory" then
    local ok, problem = pcall(string.rep, "x", 0x7ffffff0)
    print(problem)
end
