-- The figures are those of the moment of os.exit, whatever its handlers do: allocate, fail, try to exit again.
local keep = { 1, 2 } --> live = TABLE + ARRAY(2)
local function handler()
    local t = {} --> nothing
    for i = 1, 1000 do t[i] = { i } end --> nothing
    print(pcall(os.exit, {}))
    print(#t, coroutine.wrap(function() return #{ 1, 2 } end)())
    error({})
end
local guard <close> = setmetatable({}, { __close = handler, __gc = handler })
os.exit(3, true)
