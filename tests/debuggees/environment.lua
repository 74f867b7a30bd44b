-- _ENV: the globals, another table, a local, a parameter, and a function that has none.
count = "global"
local print, other = print, { count = "other's", print = print }

local function plain(count)
    local constant <const> = {}
    local mine = _ENV
    print(count, _ENV.count) --@plain
    return mine == _ENV and #constant
end
plain(1)
plain(2) --@again

local function without(count)
    local double = count .. count
    return double --@without
end
without("w")

local function with_local(count)
    local _ENV = other
    print(count) --@with_local
    return _ENV
end
with_local("l")

local function with_parameter(_ENV, count)
    return count --@with_parameter
end
with_parameter(other, "p")

load([[
local function inside(count)
    fresh = count
    return count, _ENV
end
inside("c")
]], "=custom", "t", other)()
print(other.fresh) --@end
pcall(function(count) error("not " .. count) end, "e")
pcall(function(count) error(count, 0) end, "e") --@throws
