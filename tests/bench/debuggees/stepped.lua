-- A place to step about in, with variables of some kinds.
local names = { "ann", "bob", "cem" }
local count, text, half = 0, "text", 0.5
local point = { x = 1, y = 2 }

local function round(i)
  local name = names[i % #names + 1]
  local list = { i, name } --@stop
  count = count + #list
  point.x = point.x + half
  text = name .. count
end

local i = 0
while true do
  i = i + 1
  round(i)
end
