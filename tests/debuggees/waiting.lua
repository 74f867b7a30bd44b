-- Waits in the system again and again, and tells how often that was cut short.
local waiting = require "waiting"
local call, ms, times, allocate = ...
local wait = waiting[call]
local failed, made = 0, 0
print("waiting")
io.flush()
for i = 1, times do --@loop
    if wait(ms) ~= 0 then failed = failed + 1 end --@wait
    if allocate == "allocate" then made = { made } end --@allocate
end
if failed < 0 then
    print("never") --@never
end
print("cut short " .. failed)
