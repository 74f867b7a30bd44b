-- Tells how it was launched.
print("arg", arg[0], ...)
local pwd = io.popen("pwd")
print("cwd", pwd:read())
pwd:close()
for _, name in ipairs({ "ADDED", "HOME", "REMOVED", "PATH", "LUAHEAT_LINK", "LUAHEAT_FIGURES" }) do
    print(name, os.getenv(name))
end
print("path", package.path)
print("cpath", package.cpath)
print("hook", debug.gethook())
local done = true --@done
