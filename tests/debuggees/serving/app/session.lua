local registry = require 'app.registry'

local session = {}

function session.open(number)
  return registry.find('user ' .. number % 40)
end

function session.say(user, text)
  user.said[#user.said + 1] = { text = text } --@said
end

function session.close(user)
  user.open = false
end

return session
