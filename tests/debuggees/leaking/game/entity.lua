local events = require 'game.events'
local behaviour = require 'game.behaviour'

local entity = {}
entity.__index = entity

function entity.new(id, frame)
  local self = setmetatable({}, entity) --@entity
  self.id, self.born, self.x = id, frame, 0
  self.think = behaviour.wander(self)
  events.on('tick', self, function() self.think() end) --@listener
  return self
end

function entity:expired(frame)
  return frame - self.born > 30
end

return entity
