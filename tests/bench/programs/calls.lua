-- Function calls and little else.
local function other(n)
  return n + 1 --@other
end

local function fib(n)
  if n < 0 then
    return other(n) --@never
  end
  if n < 2 then
    return n
  end
  return fib(n - 1) + fib(n - 2)
end

local sum = 0
for _ = 1, tonumber(arg[1]) do
  sum = sum + fib(16)
end
print(sum)
