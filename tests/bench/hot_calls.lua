-- As calls.lua, with lines for breakpoints.
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

print(fib(30))
