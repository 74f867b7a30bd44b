-- A table of objects that the main function, or one that it calls, holds until the end.
-- usage: held.lua [return|exit|error|coroutine|peak]
local how = arg[1] or 'return'
local held = {}
for i = 1, 100 do held[i] = {} end --@held

if how == 'exit' then os.exit(3) end
if how == 'error' then error('as it was told to') end
if how == 'coroutine' then coroutine.wrap(function(mine) os.exit(mine and 4) end)(held) end
if how == 'peak' then
  local large = {}
  for i = 1, 20000 do large[i] = {} end --@large
  large = nil
  collectgarbage()
end
print('held', #held)
