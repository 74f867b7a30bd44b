-- A small game of 8 files, with two leaks: a listener that stays registered when its entity expires (game/entity.lua), and packets
-- that are never acknowledged (game/net.lua).
-- usage: main.lua [FRAMES]
local here = arg[0]:match('^(.*)/[^/]*$') or '.'
package.path = here .. '/?.lua;' .. package.path

local events = require 'game.events'
local world = require 'game.world'
local net = require 'game.net'
local spawner = require 'game.spawner'
local score = require 'game.score'
local log = require 'game.log'

local frames = tonumber(arg[1]) or 400
for frame = 1, frames do
  spawner.update(world, frame) --@frame
  events.emit('tick', frame)
  world.update(frame)
  net.send { frame = frame, entities = #world.entities }
  score.update(world)
  log.write('frame ' .. frame)
end
print('frames', frames, #world.entities, score.best) --@end
