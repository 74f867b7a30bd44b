-- Two loops, each of which makes a table a thousand times.
local list = {}

for i = 1, 1000 do
  list[i] = {} --@empty
end

local more = {} --@between
for i = 1, 1000 do
  more[i] = { 1, 2, 3, 4, 5, 6, 7, 8 } --@eight
end

list = nil --@drop
collectgarbage() --@collect

print("done") --@end
