-- A table too large to be sorted as a whole, and one that a collection empties.
collectgarbage("stop")
local t, weak = {}, setmetatable({}, { __mode = "v" })
for i = 1, 5000 do t["key" .. i] = i end
local function fill() -- no register of this function's caller keeps one
  for i = 1, 300 do weak["entry" .. i] = {} end
end
fill()
print "made" --@here
