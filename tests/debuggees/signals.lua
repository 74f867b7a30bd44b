-- Does to its signals and to Lua's hook what the argument says, and then computes without allocating.
local signals = require "signals"
local what, number, child = ...
stop = false
local function spin()
    local i = 0
    while not stop do
        i = i + 1 --@loop
    end
end
if what == "interrupt" then
    print("caught", pcall(function()
        signals.interrupt() --@interrupt
        spin()
    end))
elseif what == "unhook" then
    signals.unhook() --@unhook
    local kept = {}
    for i = 1, 100 do kept[i] = { i } end --@kept
elseif what then
    signals[what](tonumber(number))
end
if child then os.execute("sleep 1000 & echo pid $!") end
local after = {} --@after
print("ready")
io.flush()
if what ~= "interrupt" and what ~= "unhook" then
    spin()
    print("signals " .. signals.count())
end
print("done")
