-- What standard input holds, as far as the script is told to read it.
local how = ...
if how == "nothing" then
  print("not read")
elseif how == "line" then
  print("line", io.read()) --@line
  print("done") --@done
elseif how == "opened" then
  print("all", #io.open("/dev/stdin"):read("a"))
else
  local all = io.read("a")
  print("all", #all, all:sub(1, 40))
end
