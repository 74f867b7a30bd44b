-- An array and a hash. usage: tables.lua ENTRIES
local array, hash = {}, {}
for i = 1, tonumber(arg[1]) do
  array[i] = i
  hash["key " .. i] = i
end
print(#array) --@stop
