-- Loads the debugger where it wants it.
local before = {}
local luaheat = require "luaheat"
before.loaded = luaheat ~= nil --@after
