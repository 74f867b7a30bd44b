-- Lines of which some take the same.
local one = { 1 } --@one
local two = { 2 } --@two
local other = {} --@other
local three = { 3 } --@three
print(one[1], two[1], other[1], three[1]) --@end
