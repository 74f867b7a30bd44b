-- Hooks belong to coroutines: each has its own, set from outside or inside, and none sees the others.
local function sorted(counts)
    local keys, text = {}, {}
    for key in pairs(counts) do keys[#keys + 1] = key end
    table.sort(keys)
    for i, key in ipairs(keys) do text[i] = key .. "=" .. counts[key] end
    return table.concat(text, " ")
end
local inside = {}
local function on_inside(event, line) inside[line] = (inside[line] or 0) + 1 end
local function body(n)
    for i = 1, n do
        local made = { i } --> table.allocations = 60, buffer.allocated = 60 * ARRAY(1)
        coroutine.yield(made)
    end
end
local hooked, plain = coroutine.create(body), coroutine.create(body)
print(debug.gethook(hooked))
debug.sethook(hooked, on_inside, "l")
print(debug.gethook(hooked) == on_inside, debug.gethook(plain), debug.gethook())
for i = 1, 10 do
    coroutine.resume(hooked, 10)
    coroutine.resume(plain, 10)
end
print(sorted(inside))

inside = {}
debug.sethook(on_inside, "l")
local inherits = coroutine.create(body)
local wrapped = coroutine.wrap(body)
debug.sethook()
print(debug.gethook(inherits) == on_inside, debug.gethook())
for i = 1, 20 do
    coroutine.resume(inherits, 20)
    wrapped(20)
end
print(sorted(inside))

local ticks = 0
local counting = coroutine.create(function(n)
    for i = 1, n do
        local made = { i } --> table.allocations = 1000
    end
end)
debug.sethook(counting, function() ticks = ticks + 1 end, "", 10)
print(select(2, debug.gethook(counting)))
coroutine.resume(counting, 1000)
print(ticks)
