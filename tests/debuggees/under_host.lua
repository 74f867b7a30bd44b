-- What a script can see of who has started it: its arguments, and the environment of Lua.
print("arg", arg[-1], arg[0], ...)
print("init", inited, os.getenv "LUA_INIT", os.getenv "LUA_INIT_5_4")
for _, name in ipairs { "LUAHEAT_LUA_INIT", "LUAHEAT_FIGURES", "LUAHEAT_LINK", "LUAHEAT_BELL", "LUAHEAT_SIGNALS" } do
  print(name, os.getenv(name))
end
print("loaded", package.loaded.luaheat, package.preload.luaheat, #package.searchers)
print("path", package.path)
print("hook", debug.gethook())
print("found", package.searchpath("luaheat", package.cpath) ~= nil)
if arg[1] == "fail" then error "failed" end
os.exit(tonumber(arg[1]), true)
