-- What the program sees of its own memory is what it sees under lua5.4: nothing of ours is in it.
print(collectgarbage("count"))
local t = {} --> live = TABLE
print(collectgarbage("count"))
for i = 1, 100 do t[i] = coroutine.wrap(function() coroutine.yield(i) end) end
print(collectgarbage("count"))
for i = 1, 100 do t[i]() end
print(collectgarbage("count"))
local names = {}
for name in pairs(_G) do names[#names + 1] = name end
for name in pairs(coroutine) do names[#names + 1] = "coroutine." .. name end
for name in pairs(debug) do names[#names + 1] = "debug." .. name end
for name in pairs(package.loaded) do names[#names + 1] = "loaded." .. name end
for _ in pairs(debug.getregistry()) do names[#names + 1] = "registry" end
table.sort(names)
print(table.concat(names, " "))
print(collectgarbage("count"))
print(debug.traceback("here"))
print(debug.getinfo(coroutine.wrap, "S").what, debug.getinfo(coroutine.resume, "u").nups, debug.getupvalue(coroutine.wrap, 1))
collectgarbage()
print(collectgarbage("count"))
