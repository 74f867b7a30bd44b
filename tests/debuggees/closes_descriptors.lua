-- Closes all descriptors that it does not know, up to a number, and opens files of its own.
local last, dir = ...
local close = require "descriptors".close
print("open")
io.flush()
close_all = function()
    for fd = 3, last do close(fd) end
    files = {}
    for i = 1, 20 do
        files[i] = assert(io.open(dir .. "/" .. i, "w+"))
        files[i]:write("precious\n")
    end
end
local where = "stopped"
if where == "stopped" then where = "running" end --@before
if not files then close_all() end
where = "closed" --@after
for i = 1, #files do
    files[i]:seek("set")
    assert(files[i]:read("a") == "precious\n", "file " .. i .. " is not as it was written")
end
print("done")
