-- The figures are there however the script ends: here with an error nobody catches.
local kept = { 1, 2, 3, 4 } --> live = TABLE + ARRAY(4)
local function fail()
    local made = { 5, 6 } --> allocated = TABLE + ARRAY(2)
    error("nobody catches this")
end
local function call() fail() end
call()
local never = {} --> nothing
