-- Code that is loaded as a string, again and again, and code of another kind by nearly the same name.
local code = [[ --@code
local turn = ...
local function work(n)
  return n * 2 --@work
end
-- nothing here --@comment
local result = work(turn)
return result --@return
]]
print("begin") --@begin
for turn = 1, 4 do
  local chunk = load(code)
  print("got", chunk(turn)) --@call
end
local other = load(code .. "-- another one")
print("other", other(1)) --@other
print("end") --@end
