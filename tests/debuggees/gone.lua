-- Code that is loaded, run once and dropped, so many times and then 80,000. Prints by how many bytes the process then has grown for each.
local kind, half = arg[1], math.tointeger(arg[2] or 40000)
local load_one = ({
  code = function(i) return load("return {" .. i .. "}") end,
  long = function(i) return load("return {" .. i .. "} --" .. ("-"):rep(5000)) end,
  named = function(i) return load("return {}", "=chunk " .. i) end,
  missing = function(i) return load("return {}", "@no such file " .. i) end,
  maker = function(i) return load("return coroutine.wrap(function() return {" .. i .. "} end)()") end,
  functions = function(i) return load("return (function() return {" .. i .. "} end)()") end,
})[kind]

local function peak_bytes()
  for line in io.lines("/proc/self/status") do
    local kibibytes = line:match("^VmHWM:%s*(%d+)")
    if kibibytes then return kibibytes * 1024 end
  end
end

local function load_some(from, to)
  for i = from, to do load_one(i)() end
end

load_some(1, half) --@loop
local before = peak_bytes() --@half
load_some(half + 1, half + 80000)
print((peak_bytes() - before) / 80000)
