-- An action and a service of HAProxy, which keeps something of each request.
local luaheat = require "luaheat"
local kept = {}

local function answer(path)
  kept[#kept + 1] = { path } --@keep
  return path .. " is " .. #kept --@answer
end

core.register_service("answer", "http", function(applet)
  local text = answer(applet.path) --@asked
  applet:set_status(200)
  applet:add_header("content-length", tostring(#text))
  applet:start_response()
  applet:send(text)
end)

core.register_action("seen", { "http-req" }, function(txn)
  local path = txn.sf:path() --@seen
  txn:set_var("txn.bytes", #path) --@seen_path
end)
