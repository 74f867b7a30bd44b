-- A loop that holds breakpoints calls what runs long without.
local turns, inner = 0, 0

local function work(lines)
  local i = 0
  while i < lines do
    i = i + 1 --@work
  end
  return i
end

local function deeper(lines)
  work(lines)
  inner = inner + 1 --@inner
  work(lines)
end

local function thrower(lines)
  work(lines)
  error('thrown')
end

while not stop do
  turns = turns + 1 --@turn
  work(endless and 1 << 60 or 2000)
  turns = turns + 0 --@after
  pcall(thrower, 2000)
  turns = turns + 0 --@thrown
  deeper(2000)
end
