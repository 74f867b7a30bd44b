-- Blocks that live, and nothing else. usage: blocks.lua TABLES; each has an array: two blocks.
local kept
for i = 1, tonumber(arg[1]) do
  kept = { kept, i }
end
