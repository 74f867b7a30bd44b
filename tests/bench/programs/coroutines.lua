-- Generators, and a producer and a consumer that hand things over.
local function permutations(list)
  local function permute(n)
    if n == 0 then
      coroutine.yield(list)
      return
    end
    for i = 1, n do
      list[n], list[i] = list[i], list[n]
      permute(n - 1)
      list[n], list[i] = list[i], list[n]
    end
  end
  return coroutine.wrap(function() permute(#list) end)
end

local function producer(count)
  return coroutine.create(function()
    for i = 1, count do
      coroutine.yield({ number = i, text = "item " .. i % 10 })
    end
  end)
end

local sum = 0
for _ = 1, tonumber(arg[1]) do
  for list in permutations({ 1, 2, 3, 4, 5 }) do
    sum = (sum * 7 + list[1] * 10 + list[5]) % 1000003
  end
  local items = producer(100)
  while true do
    local _, item = coroutine.resume(items)
    if coroutine.status(items) == "dead" then
      break
    end
    sum = (sum + item.number + #item.text) % 1000003
  end
end
print(sum)
