-- Functions that make functions: counters, composition, memos, pipelines.
local function counter(step)
  local count = 0
  return function()
    count = count + step
    return count
  end
end

local function compose(f, g)
  return function(x) return f(g(x)) end
end

local function memoize(f)
  local known = {}
  return function(x)
    local value = known[x]
    if value == nil then
      value = f(x)
      known[x] = value
    end
    return value
  end
end

local function map(list, f)
  local result = {}
  for i, value in ipairs(list) do
    result[i] = f(value)
  end
  return result
end

local numbers = {}
for i = 1, 50 do
  numbers[i] = i
end

local sum = 0
for round = 1, tonumber(arg[1]) do
  local nextOne = counter(round % 5 + 1)
  local addRound = function(x) return x + round end
  local twice = compose(addRound, addRound)
  local square = memoize(function(x) return twice(x) * x end)
  for _, value in ipairs(map(numbers, function(x) return square(x % 10) + nextOne() end)) do
    sum = (sum + value) % 1000003
  end
end
print(sum)
