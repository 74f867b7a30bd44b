-- What the table `luaheat` of the console tells; with "strict" no name may be used that is not there.
if ... == 'strict' then
  setmetatable(_G, { __index = function(_, name) error('undeclared ' .. name) end })
end
local kept = {}
local function grow(first, last)
  for i = first, last do
    local object = { i } --@object
    kept[i] = object
  end
end

local function look()
  return #kept --@look
end

look()
grow(1, 100)
look()
grow(101, 150)
look()

local function own()
  local luaheat = { top = function() return 'its own' end }
  return luaheat --@own
end
own()
print(pcall(rawget(_G, 'saved') or error, 1)) --@saved
