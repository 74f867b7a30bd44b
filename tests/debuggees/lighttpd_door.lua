-- Answers a request in lighttpd (mod_magnet), whoever is attached meanwhile.
local luaheat = require "luaheat"
luaheat.listen { name = "lighttpd" }

local function answer(path)
  return "answer to " .. path --@answer
end

lighty.content = { answer(lighty.env["uri.path"]) }
return 200
