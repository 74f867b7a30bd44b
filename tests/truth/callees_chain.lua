-- SPDX-License-Identifier: MIT
-- Method calls in a chain over several lines. What an argument needs stands where it is written: a table on the line of
-- the token before its brace, a concatenation on that of its operator. What a call needs, in a function in C or below,
-- stands on the line of the call. That is where its parenthesis opens; older releases of Lua have it where the chain
-- begins (suffixedexp in lparser.c, which hands its line to funcargs): FIRST is 1 in these, 0 in others.
collectgarbage("stop")

local function warm(n)
  if n > 0 then warm(n - 1) end
end
warm(200)

local asked = { line = function() return debug.getinfo(2, "l").currentline end }
local begins = debug.getinfo(1, "l").currentline + 1
local told = asked
  :line()
print("measured FIRST " .. (told == begins and 1 or 0))

-- The list grows to 1, 2 and 4 values.
local Builder = {}
Builder.__index = Builder
function Builder:add(item, name)
  self[#self + 1] = { item, name } --> allocated = 3 * (TABLE + ARRAY(2)) + GROWN_ARRAY(3)
  return self
end

local function make()
  return { 4, 5, 6 } --> allocated = TABLE + ARRAY(3)
end

local name = "a name"
local builder = setmetatable({}, Builder)
local built = builder --> allocated = 0, allocated_with_callees = FIRST * (3 * (TABLE + ARRAY(2)) + GROWN_ARRAY(3))
  :add({ 1, 2 }) --> allocated = TABLE + ARRAY(2), allocated_with_callees = TABLE + ARRAY(2) + (1 - FIRST) * (TABLE + ARRAY(2) + ARRAY(1))
  :add( --> allocated = TABLE + ARRAY(1), allocated_with_callees = TABLE + ARRAY(1) + (1 - FIRST) * (TABLE + ARRAY(2) + ARRAY(2))
    { 3 }, --> nothing
    name --> nothing
    .. ", so long that it is none of Lua's short strings") --> allocated = STRING(54), allocated_with_callees = STRING(54)
  :add(make()) --> allocated = 0, allocated_with_callees = TABLE + ARRAY(3) + (1 - FIRST) * (TABLE + ARRAY(2) + ARRAY(4))

local piece = "piece"
local text = piece --> allocated = FIRST * (2 * STRING(500) + STRING(50)), allocated_with_callees = FIRST * (2 * STRING(500) + STRING(50))
  :rep(100) --> allocated = (1 - FIRST) * STRING(500), allocated_with_callees = (1 - FIRST) * STRING(500)
  :upper() --> allocated = (1 - FIRST) * STRING(500), allocated_with_callees = (1 - FIRST) * STRING(500)
  :sub(1, 50) --> allocated = (1 - FIRST) * STRING(50), allocated_with_callees = (1 - FIRST) * STRING(50)
print(#built, #text)
