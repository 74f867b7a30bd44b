-- Errors that pass through frames being stepped.
local function throws()
    error("thrown") --@throws
end
local function deeper()
    throws() --@deeper
    return "never"
end
local function catches()
    local ok, problem = pcall(deeper) --@catches
    return ok --@caught
end
local function handler(problem)
    return "handled " .. problem --@handler
end
local function closes()
    local guard <close> = setmetatable({}, { __close = function() --@guard
        local closing = true --@closing
    end })
    throws() --@closes
end

local a = catches() --@start
local ok, b = xpcall(deeper, handler) --@over_xpcall
local c = pcall(closes) --@over_closes
local co = coroutine.create(function()
    throws() --@in_coroutine
end)
local d = coroutine.resume(co) --@over_failing_resume
local e = pcall(coroutine.wrap(function()
    throws() --@in_wrap
end)) --@over_failing_wrap
local f = select(2, pcall(string.rep)) --@over_c_error
deeper() --@uncaught
