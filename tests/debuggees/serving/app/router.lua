local session = require 'app.session'
local errors = require 'app.errors'
local pages = require 'app.pages'

local router = {}

function router.handle(request)
  local user = session.open(request.number)
  session.say(user, 'asked for page ' .. request.number % 20)
  local ok, page = pcall(pages.render, request.number % 20, request.number)
  if not ok then errors.note(request.number, page) end
  if request.number % 2 == 0 then session.close(user) end
  return page
end

return router
