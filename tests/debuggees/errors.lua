-- Errors of all sorts, each thrown on a line of its own.
local which = ...

local function throw(value)
    error(value, 0) --@throw
end

local function index_nil(t)
    local depth = 7
    return t.field.missing --@runtime
end

local cases = {}

function cases.uncaught() throw("nobody catches this") end
function cases.runtime() index_nil({}) end
function cases.pcall() print(pcall(throw, "caught by pcall")) end
function cases.nested_pcall() print(pcall(pcall, throw, "caught by the inner one")) end
function cases.xpcall() print(xpcall(throw, function(message) return "handled: " .. message end, "caught by xpcall")) end
function cases.object() print(pcall(throw, { code = 42 })) end
function cases.resume() print(coroutine.resume(coroutine.create(throw), "caught by resume")) end
function cases.resume_again()
    local co = coroutine.create(function(value)
        coroutine.yield()
        throw(value)
    end)
    coroutine.resume(co, "caught by the second resume")
    print(coroutine.resume(co))
end
function cases.wrap() print(pcall(coroutine.wrap(throw), "goes through wrap")) end
function cases.wrap_uncaught() coroutine.wrap(throw)("through wrap to the end") end
function cases.in_coroutine()
    print(coroutine.wrap(function() return pcall(throw, "caught inside") end)())
end
function cases.library() print(pcall(string.rep)) end
function cases.overflow()
    local function deeper(n) return deeper(n + 1) + 1 end
    local ok, message = pcall(deeper, 1)
    print(ok, message:match("stack overflow"))
end
function cases.load() print(load(function() throw("by a reader") end)) end
function cases.load_refuses() load(nil) end --@load_refuses
function cases.yielding()
    local co = coroutine.wrap(function()
        print(pcall(function()
            coroutine.yield(1)
            throw("after a yield")
        end))
    end)
    co()
    co()
end
local function closing(name)
    return setmetatable({}, { __close = function() throw("closing " .. name) end })
end
function cases.close()
    local co = coroutine.create(function()
        local outer <close> = closing("outer")
        local inner <close> = closing("inner")
        coroutine.yield()
    end)
    coroutine.resume(co)
    local metatable = getmetatable(select(2, debug.getlocal(co, 1, 1)))
    local metamethod = metatable.__close
    print(coroutine.close(co))
    print(metatable.__close == metamethod)
end
function cases.close_of_wrap()
    print(pcall(coroutine.wrap(function()
        local value <close> = closing("value")
        throw("first")
    end)))
end
function cases.failing_handler()
    print(xpcall(throw, function() throw("by the handler") end, "first"))
end
local function later(protected, ...)
    print(protected(function()
        print("begun") --@begun
        throw("later")
    end, ...))
end
function cases.later_pcall() later(pcall) end
function cases.later_xpcall() later(xpcall, debug.traceback) end
function cases.later_wrap() later(function(f) return pcall(coroutine.wrap(f)) end) end
function cases.later_resume() later(function(f) return coroutine.resume(coroutine.create(f)) end) end
function cases.traceback()
    print(xpcall(throw, debug.traceback, "first"))
    print(pcall(coroutine.wrap(throw), "second"))
    print(pcall(coroutine.wrap(index_nil), {}))
end
function cases.nested_wraps()
    local function nest() coroutine.wrap(nest)() end
    print(pcall(nest))
end
function cases.dead()
    local co = coroutine.create(throw)
    for _ = 1, 3 do print(coroutine.resume(co, "resumed")) end
    print(pcall(coroutine.resume, co))
    print(coroutine.close(co))
    print(coroutine.resume(co))
    local finished = coroutine.create(function() end)
    for _ = 1, 2 do print(coroutine.resume(finished)) end
    local wrapped = coroutine.wrap(throw)
    print(pcall(wrapped, "wrapped"))
    print(pcall(wrapped)) --@calls_dead
end
function cases.passes_through()
    asked = 0
    local function through(depth)
        if depth == 0 then throw("passes through") end
        coroutine.wrap(through)(depth - 1)
    end
    print(pcall(through, 3))
    print(coroutine.resume(coroutine.create(function() coroutine.wrap(through)(1) end)))
    print("asked", asked)
end
function ask() asked = asked + 1 end
function cases.rethrown()
    print(pcall(function()
        local _, message = pcall(throw, "again")
        throw(message)
    end))
end
function cases.thousands()
    local function spend(n)
        local clock = os.clock()
        for i = 1, n do pcall(error, "x") end
        return os.clock() - clock
    end
    spend(100)
    collectgarbage()
    local before = collectgarbage("count")
    local few, many = spend(2000), spend(16000)
    collectgarbage()
    print("kept", (collectgarbage("count") - before) * 1024)
    print("times", many / few)
end
function cases.constants()
    local function first()
        local kind <const> = "first"
        error(kind)
    end
    local function second()
        local kind <const> = "second"
        error(kind) --@second
    end
    for _ = 1, 2 do print(pcall(first), pcall(second)) end
end
function cases.many()
    for i = 1, 10 do pcall(throw, i) end
    print("done")
end

cases[which]()
print("end") --@end
