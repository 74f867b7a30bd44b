-- A log that is searched, split and rewritten with the string library.
local levels = { "debug", "info", "warning", "error" }
local log = {}
for i = 1, 200 do
  log[i] = string.format("2026-11-%02d %02d:%02d [%s] worker-%d: request /items/%d?page=%d took %.3f ms",
    i % 30 + 1, i % 24, i % 60, levels[i % #levels + 1], i % 7, i * 31, i % 9, i / 8)
end
local text = table.concat(log, "\n") .. "\n"

local pages, slowest, length = {}, 0, 0
for _ = 1, tonumber(arg[1]) do
  for day, level, worker, query, ms in text:gmatch("(%d+%-%d+%-%d+) %S+ %[(%a+)%] ([%w%-]+): request (%S+) took ([%d%.]+) ms\n") do
    local path, page = query:match("^([^?]*)%?page=(%d+)$")
    pages[page] = (pages[page] or 0) + #path
    if level == "error" and tonumber(ms) > slowest then
      slowest = tonumber(ms)
    end
    length = length + #(day .. worker)
  end
  local quiet = text:gsub("%[(%a+)%]", function(level) return level:sub(1, 1):upper() end):gsub("/items/%d+", "/items/N")
  length = length + #quiet
end
print(pages["3"], slowest, length)
