-- os.exit that closes the state: what is freed by closing it is not the script's doing.
local kept = {} --> live = TABLE
for i = 1, 100 do kept[i] = { i, i } end --> live = 100 * (TABLE + ARRAY(2)) + GROWN_TO(100)
setmetatable(kept, { __gc = function() print("closed") end })
os.exit(true, true)
