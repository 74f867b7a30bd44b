-- Coroutines of all states, and many of them.
local function job(n)
    local own = "job " .. n
    coroutine.yield(own) --@job
end
local function task(inner)
    local waiting = "for inner"
    coroutine.resume(inner) --@resumes
    return waiting
end
local jobs = {}
for i = 1, tonumber(arg[1]) do
    jobs[i] = coroutine.create(job) --@create
    coroutine.resume(jobs[i], i)
end
local fresh = coroutine.create(job) --@fresh
local dead = coroutine.create(function() end)
coroutine.resume(dead)
local inner = coroutine.create(function()
    local deepest = true
    return deepest --@deepest
end)
local outer = coroutine.wrap(task)
outer(inner) --@outer
print(#jobs, fresh ~= dead) --@end
