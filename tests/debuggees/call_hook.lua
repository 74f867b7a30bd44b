-- What its own hook of calls and returns is told of.
local calls = {}

local function handle(message) return message end

debug.sethook(function(event)
  calls[#calls + 1] = event .. " " .. tostring(debug.getinfo(2, "S").what)
end, "cr")
pcall(error, "caught")
xpcall(error, handle, "handled")
xpcall(error, debug.traceback, "traced")
pcall(string.rep)
debug.sethook()

print(#calls, table.concat(calls, ", "))
