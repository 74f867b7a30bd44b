-- Numbers and names under the locale that the first argument asks for.
print(os.setlocale(arg[1]))
local x = 1.5
local t = { [2.5] = "k", [1] = 0.25 }
local many = { deep = { -0.5, 1e300, 1 / 3 }, [-1.25] = "low", pi = math.pi, whole = 2.0, [0.1] = "tenth" }
local vain = { Index = 1, INNER = 2 }
print(x, t[2.5], many.pi, vain.Index) --@here
print(x, x == 4.5) --@after
