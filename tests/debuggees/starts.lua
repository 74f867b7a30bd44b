-- Runs a command: what it prints, and how it ends.
local pipe = io.popen(table.concat({ ... }, " "))
io.write(pipe:read("a"))
local _, how, code = pipe:close() --@closes
print(how, code) --@ended
