-- A service of HAProxy, and a task beside it, whoever is attached meanwhile.
local luaheat = require "luaheat"
luaheat.listen { name = "haproxy" }

local function answer(path)
  return "answer to " .. path --@answer
end

core.register_service("answer", "http", function(applet)
  local text = answer(applet.path)
  applet:set_status(200)
  applet:add_header("content-length", tostring(#text))
  applet:start_response()
  applet:send(text)
end)

core.register_task(function()
  local beats = {}
  while true do
    core.msleep(10)
    for i = 1, 100 do beats[i] = { i } end
    beats[1] = nil --@beat
  end
end)
