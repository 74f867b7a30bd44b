-- Much that lives and little that is made: the collector has the most to do. With weak tables and finalizers.
local living = {}
for i = 1, 20000 do
  living[i] = { id = i, name = "node " .. i, links = { i % 7, i % 11 }, other = living[i - 1] }
end

local finalized = 0
local cache = setmetatable({}, { __mode = "v" })
local handle = { __gc = function() finalized = finalized + 1 end }
for round = 1, tonumber(arg[1]) do
  for i = 1, 200 do
    local at = (round * 200 + i) % #living + 1
    local node = { id = at, name = living[at].name, links = { at }, other = living[at].other }
    cache[i] = node
    living[at] = node
  end
  setmetatable({}, handle)
end

collectgarbage()
collectgarbage()
local sum = 0
for _, node in ipairs(living) do
  sum = sum + node.id + #node.links
end
print(sum, finalized)
