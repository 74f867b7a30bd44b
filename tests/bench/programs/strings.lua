-- Strings made, joined and dropped.
local kept, length = {}, 0
for round = 1, tonumber(arg[1]) do
  local parts = {}
  for i = 1, 1000 do
    kept[i % 100 + 1] = ("x" .. i):upper() .. round
    parts[#parts + 1] = tostring(i)
  end
  length = length + #table.concat(parts, ",") + #kept[round % 100 + 1]
end
print(length)
