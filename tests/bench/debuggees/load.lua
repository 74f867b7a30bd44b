-- How long load takes for the text of a file, in milliseconds of CPU. usage: load.lua FILE TIMES
local file = assert(io.open(arg[1]))
local text = file:read("a")
file:close()
local before = os.clock()
for _ = 1, tonumber(arg[2]) do
  assert(load(text, "@" .. arg[1]))
end
print((os.clock() - before) * 1000)
