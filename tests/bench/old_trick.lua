-- The old trick, as users write it: what Lua's own count has grown by is charged to the line that begins then.
-- usage: old_trick.lua SCRIPT ARGUMENTS
local lines = {}
local last = collectgarbage("count")

local function onLine(_, line)
  local count = collectgarbage("count")
  local key = debug.getinfo(2, "S").short_src .. "--" .. line
  local entry = lines[key]
  if entry == nil then
    entry = { key = key, hits = 0, growth = 0 }
    lines[key] = entry
  end
  entry.hits = entry.hits + 1
  entry.growth = entry.growth + (count - last)
  last = collectgarbage("count")
end

local function report()
  local sorted = {}
  for _, entry in pairs(lines) do
    sorted[#sorted + 1] = entry
  end
  table.sort(sorted, function(a, b) return a.growth > b.growth end)
  for i = 1, math.min(#sorted, 20) do
    io.stderr:write(string.format("%10.1f KB %10d  %s\n", sorted[i].growth, sorted[i].hits, sorted[i].key))
  end
end

table.move(arg, 1, #arg + 1, 0)
local script = assert(loadfile(arg[0]))
debug.sethook(onLine, "l")
script()
debug.sethook()
report()
