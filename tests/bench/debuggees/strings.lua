-- A long string. usage: strings.lua BYTES
local text = ("x"):rep(tonumber(arg[1]))
print(#text) --@stop
