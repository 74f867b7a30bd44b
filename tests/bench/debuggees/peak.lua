-- Runs a script, then prints the largest resident KiB that this process has had. usage: peak.lua SCRIPT ARGUMENTS
local print, lines = print, io.lines
table.move(arg, 1, #arg + 1, 0)
_G.print = function() end
dofile(arg[0])
for line in lines("/proc/self/status") do
  local kib = line:match("VmHWM:%s+(%d+)")
  if kib then
    print(kib)
  end
end
