-- Many small tables that live for a while: allocation and collection.
local function other(n)
  return n + 1 --@other
end

local function build(depth)
  if depth < 0 then
    return other(depth) --@never
  end
  if depth == 0 then
    return {}
  end
  return { build(depth - 1), build(depth - 1) }
end

local function count(tree)
  if tree[1] then
    return 1 + count(tree[1]) + count(tree[2])
  end
  return 1
end

local nodes = 0
for _ = 1, tonumber(arg[1]) do
  nodes = nodes + count(build(10))
end
print(nodes)
