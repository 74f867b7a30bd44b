-- Arrays and hashes that grow, are looked into, sorted and emptied.
local seed = 42
local function random(most)
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed % most + 1
end

local checksum = 0
for _ = 1, tonumber(arg[1]) do
  local numbers, words, byLength = {}, {}, {}
  for i = 1, 500 do
    numbers[i] = random(10000)
    words["key" .. random(200)] = i
  end
  table.sort(numbers)
  for word, at in pairs(words) do
    local group = byLength[#word]
    if not group then
      group = {}
      byLength[#word] = group
    end
    group[#group + 1] = at
  end
  for i = 1, 50 do
    table.insert(numbers, i, table.remove(numbers))
  end
  local pairsOf = {}
  for i = 1, #numbers - 1, 2 do
    pairsOf[#pairsOf + 1] = { first = numbers[i], second = numbers[i + 1] }
  end
  for _, pair in ipairs(pairsOf) do
    checksum = (checksum + pair.first * 3 + pair.second) % 1000003
  end
end
print(checksum)
