-- A script that uses debug.sethook itself sees what it sees under lua5.4, and is measured all the same.
local function sorted(counts)
    local keys, text = {}, {}
    for key in pairs(counts) do keys[#keys + 1] = key end
    table.sort(keys)
    for i, key in ipairs(keys) do text[i] = key .. "=" .. counts[key] end
    return table.concat(text, " ")
end
print(debug.gethook())

local lines, events = {}, {}
local kept = table.pack(table.unpack({}, 1, 100))
local function work(n)
    for i = 1, n do
        kept[i] = { i, i } --> table.allocations = 230, buffer.allocated = 230 * ARRAY(2)
    end
    return n
end
local function on_line(event, line) lines[line] = (lines[line] or 0) + 1 end
debug.sethook(on_line, "l")
local f, mask, count = debug.gethook()
work(100)
debug.sethook()
print(f == on_line, mask, count, debug.gethook())
print(sorted(lines))

local function on_event(event, line) events[event] = (events[event] or 0) + 1 end
debug.sethook(on_event, "cr")
work(10)
select('#', work(10))
local function tail() return work(10) end
tail()
debug.sethook()
print(sorted(events))

local counted = 0
debug.sethook(function() counted = counted + 1 end, "", 100)
print(select(2, debug.gethook()))
work(100)
local sum = 0
for i = 1, 100000 do sum = sum + i end --> nothing
debug.sethook()
print(counted, sum)

-- Asking for the hook does not change when it is called.
counted = 0
debug.sethook(function() counted = counted + 1 end, "", 10)
for i = 1, 1000 do debug.gethook() end
debug.sethook()
print(counted)

local all = {}
debug.sethook(function(event) all[event] = (all[event] or 0) + 1 end, "crl", 7)
print(select(2, debug.gethook()))
for i = 1, 100 do sum = sum + #tostring(i) end
debug.sethook()
print(sorted(all))
