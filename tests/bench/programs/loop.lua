-- Arithmetic in one loop, without a call.
local function other(n)
  return n + 1 --@other
end

local sum, label = 0.0, "loop"
for i = 1, tonumber(arg[1]) * 1000 do
  if i < 0 then
    sum = other(sum) --@never
  end
  sum = sum + i % 7 * 0.5 --@hot
end
print(label, sum)
