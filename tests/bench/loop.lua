-- Arithmetic in one loop, without a call.
local sum = 0.0
for i = 1, 30000000 do
  sum = sum + i % 7 * 0.5
end
print(sum)
