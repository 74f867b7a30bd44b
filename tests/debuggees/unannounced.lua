-- Threads that are not among the running ones: one that a C module resumes, and one that has died of an error.
local resumes = require("resumes")

print(resumes(function()
    local value = 7
    print(value) --@here
end, io.stdout))
print(coroutine.resume(coroutine.create(function(file)
    local value = 7
    error(file) --@thrown
end), io.stdout))
print("end")
