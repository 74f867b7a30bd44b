-- Grows, line by line. Each block(n) is a string of so many bytes and Lua's header.
local where = ...
local kept = {}
local function grow()
  for i = 1, 20 do
    local text = string.rep(tostring(i), 1000) --@small
    kept[i] = text
  end
  local big = string.rep('x', 100000) --@big
  kept.big = big --@kept_big
  local more = 1 --@after
  for i = 1, 10 do
    kept[-i] = string.rep(i .. '-', 10000) --@growing
    more = more + i --@growing_next
  end
  return more --@end
end
if where == 'coroutine' then
  coroutine.wrap(grow)()
elseif where == 'endless' then
  while true do kept[#kept + 1] = string.rep('x', 10000) .. #kept end --@endless
elseif where == 'callback' then
  local digits = string.rep('1', 60000)
  local function double(digit)
    return digit .. digit --@callback
  end
  kept = digits:gsub('%d', double) --@replaces
else
  grow()
end
print('done')
