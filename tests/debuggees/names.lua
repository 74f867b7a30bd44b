-- Values whose names are hidden, shadowed, missing or no names at all: what is Lua code for each?
shared = { kept = "global" }
local unusual = {
    [1.5] = "float", [1e300] = "large", [-1e300] = "very low", [1 / 0] = "infinite", [-1 / 0] = "low", [0.1] = "tenth",
    [math.mininteger] = "least", [math.maxinteger] = "most", [2^53] = "whole", [-1] = "minus", [0] = "zero",
    [true] = { "yes" }, [false] = "no", [""] = "empty", ["end"] = "keyword", ["goto"] = "another", ["1"] = "digit",
    ["a b"] = { "space" }, ["q\"\\"] = "quotes", ["\0\n\xff"] = "bytes", ["\u{e4}"] = "umlaut", _ENV = { "its name" },
    [("long"):rep(40)] = "long", [("huge"):rep(400)] = "huge", [print] = "function", [{}] = "table", { deep = { deeper = { 1 } } },
}
local hidden_upvalue, other_upvalue = { "upvalue" }, { "other" }
local object = setmetatable({ own = 1 }, { __index = { n = 1 }, __metatable = "protected" })
local file = io.stdout
local job = coroutine.create(function(id, ...)
    local state, object = "of the coroutine", setmetatable({ "co" }, { __index = { n = 2 } })
    local state = { state }
    coroutine.yield(state, id, ...)
    return object
end)
coroutine.resume(job, 42, "va", { "vb" })

local function plain(...)
    local state, id = "of main", 1
    local uses = function() return hidden_upvalue, other_upvalue, state end
    for i, v in ipairs { "a" } do
        for n = 1, 1 do
            print(state, id, unusual, hidden_upvalue, object, job, uses, file, ...) --@plain
        end
    end
end
plain("first", nil, { "third" })

local function hiding(_G, select, ...)
    local debug, coroutine, state = true, nil, "hiding"
    local uses = function() return hidden_upvalue, other_upvalue end
    local hidden_upvalue = "local"
    local twice = 1
    local twice = { "inner" }
    return hidden_upvalue, other_upvalue, object, job, unusual, file, shared, uses, debug, ... --@hiding
end
print((hiding({ shared = "not this" }, "no function", "first", { "second" })))

local sandbox = { print = print, debug = { getmetatable = function() return "a lie" end } }
load([[
local object, job, file = ...
local function inside(...)
    local value = print
    return object, job, file, value, ...
end
inside("vararg", { "second" })
]], "=sandbox", "t", sandbox)(object, job, file)

local function without(object, job)
    local first = object
    return first, job --@without
end
without(object, job)
