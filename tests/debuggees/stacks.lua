-- Who calls whom to allocate how much.
local count = 20000
local kept, dropped = {}, {}
local function point(x) return { x, x } end --@point
local function keep() for i = 1, count do kept[i] = point(i) end end --@keep
local function drop() for i = 1, count do dropped[i] = point(i) end end --@drop
local task = coroutine.wrap(function()
  local function inside() kept.inside = ('x'):rep(100000) end --@inside
  inside() --@body
end)
keep() --@keeps
drop() --@drops
task() --@resumes
local before = #dropped
dropped = nil
collectgarbage()
collectgarbage()
print(before, #kept)
