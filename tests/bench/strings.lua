-- Strings made, joined and dropped.
local kept = {}
for i = 1, 300000 do
  kept[i % 100 + 1] = ("x" .. i):upper() .. i
end
local parts = {}
for i = 1, 200000 do
  parts[#parts + 1] = tostring(i)
end
print(#table.concat(parts))
