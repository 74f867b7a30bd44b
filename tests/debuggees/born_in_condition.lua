-- A condition makes a coroutine, which the program then runs.
local x = 1
x = x + 1 --@here
assert(coroutine.resume(kept))
print(debug.gethook(kept))
