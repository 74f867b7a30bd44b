-- A place with variables of all kinds; with the argument "coroutine" it is in one.
Class = { inherited = "from the class" }
Class.__index = Class
function Class:method() return self.own end
function Class.static() return "static" end

local asked = 0
local written = "first"
local fixed <const> = tostring("fixed")
local speaking = setmetatable({ 1 }, { __tostring = function(t)
    asked = asked + 1
    return "speaking " .. t[1]
end })
local endless = setmetatable({}, { __tostring = function() while true do end end })
local failing = setmetatable({}, { __tostring = function() error("no words") end })

local function helper() return written, fixed end --@helper

local function work(first, ...)
    local number, text = 255, "text"
    local constant <const> = first .. "!"
    local closed <close> = setmetatable({}, { __close = function() end })
    local shadow = 1
    local object = setmetatable({ own = "own", list = { 10, 20, 30 }, ["odd key"] = 1, [true] = "yes" }, Class)
    object.itself = object
    local bytes = "a\0b\xff"
    do
        local shadow = 2
        number = number + #{ helper } + shadow --@here
    end
    return number, text, object, ... --@after
end

local function show(...)
    local number, text, object = ...
    print(number, text, object.own, object.list[2], object.added, written, asked, added_global)
    print(select(4, ...))
end

if arg[1] == "coroutine" then
    local co = coroutine.wrap(function() show(work("argument", "vararg", 2)) end)
    co() --@resume
else
    show(work("argument", "vararg", 2))
end
