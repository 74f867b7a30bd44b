-- A script of nmap that keeps something of each round, in coroutines of nmap's and of its own.
local luaheat = require "luaheat"
local coroutine = require "coroutine"
local stdnse = require "stdnse"

author = "the tests"
license = "MIT"
categories = { "safe" }

prerule = function() return true end

local kept = {}

local function keep(round)
  kept[#kept + 1] = { round } --@keep
  return #kept --@kept
end

action = function()
  local rounds = coroutine.wrap(function()
    for round = 1, 100 do coroutine.yield(keep(round)) end --@round
  end)
  for _ = 1, 100 do
    rounds() --@call
    stdnse.sleep(0.001) --@sleep
  end
  return "kept " .. #kept --@enough
end
