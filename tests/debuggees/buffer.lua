-- string.gsub with a callback: it holds a buffer meanwhile that Lua's own count leaves out.
local how = ...
local calls = 0
local doubled = string.rep('1', 10000):gsub('%d', function(digit)
  calls = calls + 1
  if calls == 8000 then
    if how == 'exit' then os.exit(5) end
    calls = calls + 0 --@callback
  end
  return digit .. digit
end)
print(#doubled, calls) --@built
