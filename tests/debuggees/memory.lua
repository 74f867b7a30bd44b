-- Allocates between stops.
local kept = {}
local function grow(n)
    for i = #kept + 1, #kept + n do
        kept[i] = { i, i } --@tables
    end
end
grow(0)
local a = 1 --@first
grow(100)
local b = 2 --@second
grow(50)
kept = nil --@third
collectgarbage()
collectgarbage()
local c = 3 --@collected
local text = ("s"):rep(1000) --@string
print(#text) --@end
