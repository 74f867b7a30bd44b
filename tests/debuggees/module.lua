-- What a program measures of itself. usage: module.lua FOLDER_OF_LUAHEAT_SO
package.cpath = arg[1] .. '/?.so'
local luaheat = require 'luaheat'
local kept

local function pair(a, b)
  kept = { a, b } --@pair
  return a, b, nil
end
local function show(window, ...)
  if window then
    print(window.growth, window.allocated, window.freed, window.allocations, ...)
  else
    print(window, ...)
  end
end
show(luaheat.measure(pair, 1, 2))

local function again(number)
  kept = { number } --@again
  return coroutine.yield(number)
end
local resume = coroutine.wrap(function() show(luaheat.measure(again, 7)) end)
print(resume(), resume('resumed'))

-- One that fails inside one that goes on.
local function outer()
  pcall(luaheat.measure, function() kept = { 1 } error('no') end)
  kept = { 1, 2, 3, 4 } --@outer
end
show(luaheat.measure(outer))
print(pcall(luaheat.measure, error, 'thrown'))

luaheat.mark('loading')
kept = { 1, 2, 3 } --@loading
luaheat.mark('playing')
kept = {} --@playing
luaheat.mark()
for i = 1, 4 do
  luaheat.lap('frame \xff')
  kept = { i, i } --@frame
end

local live, peak = luaheat.heap()
print(live and live <= peak, live and live <= collectgarbage('count') * 1024)
local lines = luaheat.lines(3)
if lines then
  print(#lines, lines[1].source, lines[1].live >= lines[2].live, lines[1].live == lines[1].allocated - lines[1].freed)
end
print(pcall(luaheat.measure))
print(pcall(luaheat.lap))
