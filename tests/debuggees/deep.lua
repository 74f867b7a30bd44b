-- A very deep stack, in a coroutine.
-- usage: deep.lua CALLS
local function fall(calls)
  local mine = { calls } --@mine
  if calls == 1 then
    return #mine --@bottom
  end
  return 1 + fall(calls - 1)
end

print(coroutine.wrap(function(calls) --@coroutine
  local first = {} --@first
  return fall(calls), first
end)(tonumber(arg[1])))
