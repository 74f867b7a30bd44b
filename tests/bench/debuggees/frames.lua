-- A heap of objects that live, and frames that each make some and drop them. usage: frames.lua OBJECTS FRAMES [lap]
-- With lap each frame says by itself that it is one.
local found, luaheat = pcall(require, "luaheat")
local lap = arg[3] and found and luaheat.lap or function() end
local kept = {}
for i = 1, tonumber(arg[1]) do
  kept[i] = { i, name = "object " .. i }
end

local function update(frame)
  local shots = {}
  for i = 1, 1000 do
    shots[i] = { i, frame }
  end
  for i = 1, #kept do
    local object = kept[i]
    object[1] = object[1] + #shots
  end
end

for frame = 1, tonumber(arg[2]) do
  lap("frame")
  update(frame) --@frame
end
