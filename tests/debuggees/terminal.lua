-- What it does in its terminal is told by the first argument.
local how = ...
if how == "read" then
  io.write("name? ")
  io.flush()
  local name = io.read()
  print("hello " .. name) --@hello
elseif how == "wait" then
  print("waiting")
  print("read", io.read()) --@wait
elseif how == "compute" then
  print("computing")
  while true do end --@compute
elseif how == "exit" then
  os.exit(7)
elseif how == "close" then
  os.exit(false, true)
elseif how == "error" then
  error("by itself")
elseif how == "environment" then
  for _, name in ipairs { "LUAHEAT_CONNECT", "LUAHEAT_LINK", "ADDED", "REMOVED" } do
    print(name, os.getenv(name))
  end
  print("arg", arg[-1], arg[0], arg[2])
  print("path", package.path)
end
print("done") --@done
