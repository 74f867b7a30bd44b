-- What starts.lua starts, which may start another.
local depth = tonumber(arg[1]) or 0
local kept = {}
for i = 1, 100 do kept[i] = { i } end --@kept
print("started", depth, os.getenv("LUAHEAT_PARENT") ~= nil) --@started
if depth > 0 then
  io.stdout:flush()
  os.execute(table.concat({ arg[2], arg[0], depth - 1 }, " "))
end
os.exit(3) --@leaves
