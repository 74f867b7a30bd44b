-- A program that fails.
local list = {}

local function fill(count)
  for i = 1, count do
    list[i] = { i } --@fill
  end
  error("the list is full") --@error
end

fill(100)
