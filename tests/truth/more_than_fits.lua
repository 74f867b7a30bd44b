-- More chunks and more lines than there is room for: the rest is booked on (too many lines), and sums stay exact.
local kept = {}
for i = 1, 70000 do
    kept[i % 100] = load("return { ... }", "=name" .. i)(i)
end
local lines = {}
for i = 1, 300000 do lines[i] = "t = {}\n" end
load(table.concat(lines), "=many lines")() --> @(too many lines) table.allocations > 30000
print(#kept, t ~= nil)
