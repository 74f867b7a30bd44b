-- A loop that allocates nothing shows nothing, however long it runs.
local sum, t, s = 0, { 1, 2, 3 }, "text"
for i = 1, 10000000 do
    sum = sum + i % 7 --> nothing
end
for i = 1, 1000000 do --> nothing
    t[1] = t[2] --> nothing
    sum = sum + #s + t[3] --> nothing
    if sum % 2 == 0 then sum = sum / 1 // 1 end --> nothing
end
local i = 0
while i < 1000000 do --> nothing
    i = i + 1 --> nothing
end
local function add(a, b) --> nothing
    return a + b --> nothing
end
for i = 1, 1000000 do sum = add(sum, i) end --> allocated = CALLINFO
print(sum)
