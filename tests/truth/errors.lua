-- pcall, error objects, messages and message handlers.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep, messages = room(1000), room(1000)

local function raise(i)
    error({ code = i }) --> table.live = 200 * TABLE, table.allocations = 200, buffer.live >= 200 * NODES(1)
end
for i = 1, 100 do
    local ok, problem = pcall(raise, i) --> table.allocations = 0, string.allocations = 0
    keep[i] = problem
end

local function raise_text(i) error(("%060d"):format(i), 0) end --> string.live = 100 * STRING(60), string.allocations = 100
for i = 1, 100 do
    local ok, message = pcall(raise_text, i) --> string.allocations = 0
    messages[i] = message
end

local function index(t) return t.field.field end --> string.allocations >= 100, table.allocations = 0
local function arithmetic(t) return t + 1 end --> string.allocations >= 100, table.allocations = 0
for i = 1, 100 do
    local ok, message = pcall(index, {}) --> string.allocations = 0
    local ok, message = pcall(arithmetic, {}) --> string.allocations = 0
end

local handled = 0
local function handler(problem)
    handled = handled + 1
    keep[100 + handled] = { problem, handled, 3 } --> live = 100 * (TABLE + ARRAY(3))
    return handled
end
for i = 1, 100 do
    local ok, count = xpcall(raise, handler, i) --> table.allocations = 0
    assert(count == i)
end

-- An error in the handler calls the handler again, until Lua has had enough.
local failures = 0
local function failing_handler(problem)
    failures = failures + 1
    local made = { problem, failures } --> table.allocations = measured_failures
    error(made)
end
local ok, problem = xpcall(error, failing_handler, 'first')
print(("measured measured_failures %d"):format(failures))
print(ok, type(problem))

local nested = 0
local function nest(level)
    local made = { level } --> table.allocations = 500
    nested = nested + 1
    if level == 50 then error(made) end
    local ok, problem = pcall(nest, level + 1) --> table.allocations = 0
    error(problem)
end
for i = 1, 10 do pcall(nest, 1) end --> table.allocations = 0
print(nested)
