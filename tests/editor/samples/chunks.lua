-- Code that is in no file.
local make = load("local made = {}\nfor i = 1, 100 do made[i] = {} end\nreturn made", "=made at run time")
local made = make() --@call
print(#made) --@end
