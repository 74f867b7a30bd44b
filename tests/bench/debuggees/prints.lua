-- Prints lines. usage: prints.lua LINES
for i = 1, tonumber(arg[1]) do
  print("line", i)
end
