-- A table too large to be sorted as a whole, and one that a collection empties.
collectgarbage("stop")
local t, weak = {}, setmetatable({}, { __mode = "v" })
for i = 1, 5000 do t["key" .. i] = i end
local function fill() -- no register of this function's caller keeps one
  for i = 1, 300 do weak["entry" .. i] = {} end
end
fill()
-- Keys of every kind, each with what it is called.
local short, numbers, long, mixed = {}, { [true] = "true", [false] = "false" }, {}, {}
for i = 1, 450 do
  local key = ("k"):rep(1 + i % 40) .. i -- of up to 43 bytes
  short["s" .. i], long[key .. ("x"):rep(60)], mixed[key] = "s" .. i, key .. ("x"):rep(60), key
  numbers[-i], numbers[i + 0.5], mixed[i + 0.25] = "[-" .. i .. "]", "[" .. i + 0.5 .. "]", "[" .. i + 0.25 .. "]"
  mixed[{}] = "table"
end
print "made" --@here
