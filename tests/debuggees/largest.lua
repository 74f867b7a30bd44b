-- Tables, and strings that there are many times. tests/session/largest.test.mjs knows what each weighs.
-- usage: largest.lua [OBJECTS [again]]: with so many objects in a large table.
local count = tonumber(arg and arg[1]) or 0

local vault = { ('v'):rep(200000) } --@vault
local list = {} --@list
for i = 1, 100 do list[i] = { x = i } end --@item
local map = {} --@map
for i = 1, 30 do map['key of map ' .. i] = i end
local shelf = { list } --@shelf

local copies = {} --@copies
for i = 1, 20 do copies[i] = ('copy '):rep(20) end --@copy
local two = { ('long'):rep(1000), ('long'):rep(1000) } --@two
-- Up to 40 bytes Lua keeps one of them.
local short, longer = {}, {}
for i = 1, 50 do short[i] = ('s'):rep(40) longer[i % 2 + 1] = ('s'):rep(41) end --@longer
-- As long, and not equal.
local others = { ('copy '):rep(19) .. 'copx ', ('copy '):rep(19) .. 'copz ' }

local objects = {} --@objects
for i = 1, count do objects[i] = {} end

io.write('looked at\n') --@stop
