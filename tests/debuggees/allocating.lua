-- Allocates without end, and keeps little.
local kept = {}
local i = 0
while true do
    i = i % 1000 + 1
    kept[i] = { i } --@tables
end
