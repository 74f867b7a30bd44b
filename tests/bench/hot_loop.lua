-- As loop.lua, with lines for breakpoints.
local function other(n)
  return n + 1 --@other
end

local sum, limit, label = 0.0, 10000000, "loop"
for i = 1, limit do
  if i < 0 then
    sum = other(sum) --@never
  end
  sum = sum + i % 7 * 0.5 --@hot
end
print(label, sum)
