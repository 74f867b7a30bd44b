-- load compiles on the line that calls it; what the chunk does then is the chunk's own lines'.
local function room(n) return table.pack(table.unpack({}, 1, n)) end
local keep = room(1000)
local code = "local a, b = ... return { a, b }"
local first = load(code, "=first") -- names and constants exist from here on
local function settle() for _ = 1, 10 do collectgarbage() end return collectgarbage("count") * 1024 end
local function compile()
    return load(code, "=second") --> live = measured_chunk, proto.allocations = 1, function.allocations = 1, upvalue.allocations = 1
end
settle()
local before = settle()
local second = compile() --> nothing
print(("measured measured_chunk %d"):format(settle() - before))
for i = 1, 100 do keep[i] = load(code, "=third") end --> function.live = 100 * CLOSURE(1), upvalue.live = 100 * UPVALUE, proto.allocations = 100
for i = 101, 200 do keep[i] = first(i, i) end --> table.allocations = 0, string.allocations = 0
for i = 201, 300 do keep[i] = second(i, i) end --> table.allocations = 0, string.allocations = 0

local pieces = { "return ", "{}", nil }
local read = 0
local function reader()
    read = read + 1
    keep[300 + read] = { read } --> live = 3 * (TABLE + ARRAY(1)), table.allocations = 3
    return pieces[read]
end
local third = load(reader, "=pieces") --> proto.allocations = 1, function.live = CLOSURE(1)
local dumped = string.dump(first) --> string.allocations = 1, table.allocations = 0
local fourth = load(dumped, "=dumped", "b") --> proto.allocations = 1, function.live = CLOSURE(1), table.allocations = 0
keep[400] = fourth(1, 2) --> table.allocations = 0
local bad, message = load("return return") --> proto.allocations = 1, string.allocations >= 1, proto.live = 0
collectgarbage()
print(read, #third(), fourth(1, 2)[2], message)
