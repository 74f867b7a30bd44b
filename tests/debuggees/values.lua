-- Values of all types, with names and keys of all kinds.
local nothing = nil
local yes, no = true, false
local integer, huge, tiny = 42, math.maxinteger, math.mininteger
local float, whole, infinite, nan = 0.1, 3.0, 1 / 0, 0 / 0
local text, empty = "text", ""
local quoted = "a \"quote\", a \\ and\nlines\ttabs"
local bytes = "nul \0 and \xff\xfe bytes"
local unicode = "\u{e4}\u{20ac}\u{1f600}"
local long = ("x"):rep(100000)
local array = { 10, 20, 30 }
local mixed = { 1, 2, key = "value", [1.5] = "float", [true] = "boolean", ["1"] = "string one", ["a b"] = 1 }
local odd_keys = { ["nul\0"] = 1, ["\xff"] = 2, [""] = 3, ["\n"] = 4, ["end"] = 5 }
local nested = { inner = { deeper = { deepest = "here" } } }
local cycle = {}
cycle.self = cycle
local holes = { [1] = 1, [3] = 3, [1000000] = 5 }
local big = {}
for i = 1, 10000 do big[i] = i end
local keyed = {}
for i = 1, 1000 do keyed["key" .. i] = i end
local asked = 0
local guarded = setmetatable({ real = 1 }, {
    __index = function() asked = asked + 1 return "made up" end,
    __tostring = function() asked = asked + 1 return "guarded!" end,
    __len = function() asked = asked + 1 return 99 end,
    __pairs = function() asked = asked + 1 return next, {} end,
    __name = "Guarded",
})
local protected = setmetatable({}, { __metatable = "locked" })
local f, c = function(a, b) return a, b end, print
local file, co = io.stdout, coroutine.create(print)
local constant <const> = 5
local shadow = "outer"
local function inner(first, second, ...)
    local shadow = "inner"
    local shadow = "innermost"
    local up = integer + #text
    if first then
        local in_block = first
        first = in_block --@inner
    end
    return up, shadow, ...
end
inner(1, nil, "extra", 2, nil) --@call
a_global = "global" --@after
print(asked, constant) --@end
