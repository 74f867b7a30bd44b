-- SPDX-License-Identifier: MIT
-- Lines that allocate nothing, but what they call does. Nothing is collected but on demand.
collectgarbage("stop")
local world = { things = {} }
for i = 1, 500 do world.things[i] = false end

function world:spawn(i)
  return { i } --@spawn
end

function world:update(n)
  for i = 1, n do
    self.things[i] = self:spawn(i) --@each
  end
end

function world:think(n)
  for i = 1, n do
    local thought = { i, i } --@thought
  end
end

local function frame()
  world:update(500) --@update
  world:think(50) --@think
end

for number = 1, tonumber(arg[1] or 3) do
  frame() --@frame
  local stop = number --@stop
end
