-- Answers a request in lighttpd (mod_magnet), and keeps something of each.
local luaheat = require "luaheat"
kept = luaheat.kept or {}
luaheat.kept = kept

local function answer(path)
  kept[#kept + 1] = { path } --@keep
  return path .. " is " .. #kept --@answer
end

lighty.content = { answer(lighty.env["uri.path"]) } --@asked
lighty.header["Content-Type"] = "text/plain"
return 200
