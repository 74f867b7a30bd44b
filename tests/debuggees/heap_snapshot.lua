-- Objects of known sizes, below one global.
world = { list = { {}, {}, {} }, text = ('x'):rep(1000), closure = 0, weak = 0 } --@world
local list = world.list
world.closure = function() return list end
world.weak = setmetatable({}, { __mode = 'v' })
world.weak[1] = { 'held weakly only, which is longer than ' .. 'forty bytes' }
setmetatable(world, { __name = 'World' })
print(#world.list) --@stop
