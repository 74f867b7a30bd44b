-- Chunks whose names hold what has a meaning in CSV and JSON.
local make = load("return {}", '=commas, "quoted"')
local other = load("return\n{}", "=line\nend\tand \xff")
local code = load("return { 'a chunk', \"named by its code\" }")
print(#make(), #other(), #code())
