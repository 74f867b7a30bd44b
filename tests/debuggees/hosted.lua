-- What a program of somebody else's runs, called from C (tests/hosts).
local luaheat = rawget(_G, "luaheat") or require "luaheat"
local kept, suspended = {}, nil

function listen(name, path)
  return assert(luaheat.listen { name = name, path = path })
end

function wait()
  return tostring(luaheat.wait())
end

function stop()
  luaheat.stop()
end

function quit(code)
  os.exit(tonumber(code))
end

-- What it takes for its own.
function hook()
  return tostring((debug.gethook()))
end

function heap()
  return tostring((luaheat.heap()))
end

function tick()
  local sum = 0 --@tick
  for i = 1, 100 do sum = sum + #{ i } end
  return sum
end

local function inner(n)
  local doubled = n * 2 --@inner
  return doubled --@inner_return
end

function work(n)
  local first = tonumber(n) --@work
  local second = inner(first) --@work_inner
  local made = { first, second } --@work_made
  return #made + second --@work_end
end

function keep(n)
  for i = 1, tonumber(n) do kept[#kept + 1] = { i } end --@keep
  return #kept
end

function drop()
  kept = {} --@dropping
  collectgarbage()
  return "dropped" --@dropped
end

-- In a coroutine that is there before anybody comes.
function suspend()
  suspended = coroutine.create(function(value)
    while true do
      local got = coroutine.yield(value) --@suspended
      value = got + 1 --@resumed
    end
  end)
  return select(2, coroutine.resume(suspended, 1))
end

function resume(n)
  return select(2, coroutine.resume(suspended, tonumber(n)))
end

-- As `work`, in pieces.
function pieces(n)
  local total = 0
  for i = 1, tonumber(n) do
    total = total + i --@piece
    coroutine.yield(total)
  end
  return total
end

-- Until `running` is made false.
function spin()
  running = true
  local rounds = 0
  while running do rounds = rounds + 1 end --@spin
  return "over"
end

function fail(text)
  error(text, 0) --@fail
end

function try(text)
  local _, problem = pcall(fail, text)
  return problem --@tried
end

local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

-- How long a computation takes, in ms.
function time(n)
  local began = os.clock()
  fib(tonumber(n))
  return (os.clock() - began) * 1000
end

-- Until there is a file of that name: makes and drops, as programs do.
function busy(path)
  local rounds, file = 0
  repeat
    local made = {}
    for i = 1, 1000 do made[i] = { rounds, i } end --@busy
    rounds = rounds + 1
    file = io.open(path)
  until file
  file:close()
  return rounds
end

function connect(path)
  return tostring(assert(luaheat.connect { path = path }))
end

-- What a window of measure() tells the second time: the records of its calls are there, and no collection frees them.
function measured(n)
  local function fill()
    for i = 1, tonumber(n) do kept[i] = { i } end
  end
  collectgarbage("stop")
  luaheat.measure(fill)
  local window = luaheat.measure(fill)
  collectgarbage("restart")
  return window and window.allocations or "nothing"
end

-- Allocates nothing, and is over before a count hook of a hundred instructions yields.
function quiet(asked)
  local sum = 0
  for i = 1, 10 do sum = sum + i end
  if asked then
    sum = sum + 1 --@quiet_asked
  end
  return sum > 55
end

-- Takes a block from the state's allocator that Lua does not count, as LPeg does; gives it back.
function hold(cpath, size)
  package.cpath = cpath
  held = require("blocks").new(tonumber(size))
  return "held"
end

function let_go()
  held:free()
  return "gone" --@gone
end
