-- What a restart must not mix up: the arguments, the figures, what has been printed.
print("begin", ...)
local kept = {}
for i = 1, 100 do
    kept[i] = { i } --@grow
end
local co = coroutine.wrap(function(...)
    local here = ... --@in_coroutine
    return here
end)
co(1)
print("end") --@end
