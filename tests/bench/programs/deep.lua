-- Recursion that goes deep, on the main stack and in a coroutine.
local function list(n)
  if n == 0 then
    return nil
  end
  return { value = n, next = list(n - 1) }
end

local function sum(node)
  if node == nil then
    return 0
  end
  return node.value + sum(node.next)
end

local function depth(n)
  if n == 0 then
    return 0
  end
  return 1 + depth(n - 1)
end

local function ackermann(m, n)
  if m == 0 then
    return n + 1
  elseif n == 0 then
    return ackermann(m - 1, 1)
  end
  return ackermann(m - 1, ackermann(m, n - 1))
end

local total = 0
for round = 1, tonumber(arg[1]) do
  total = total + sum(list(1000)) + depth(3000) + ackermann(2, 40)
  if round % 10 == 0 then
    total = total + coroutine.wrap(function() return depth(10000) end)()
  end
end
print(total)
