-- The heap at its highest, then a little more, then less: the debugger works at each of these places.
collectgarbage("stop")
local kept, counter = {}, 0
for i = 1, 100 do kept[i] = ("%d kept"):format(i) end
counter = counter + 1 --@first
for i = 101, 200 do kept[i] = ("%d kept"):format(i) end --@grows
counter = counter + 1 --@second
for i = 1, 3 do
    counter = counter + i --@loop
end
collectgarbage("restart")
counter = counter + 1 --@third
print(#kept, counter) --@end
