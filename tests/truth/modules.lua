-- require: finding and compiling a module is the calling line's, what the module does is the module's.
package.path = "./modules/?.lua"
local tables = require("tables") --> proto.allocations = 3, string.allocations > 5, table.allocations = 1
local again = require("tables") --> nothing
assert(tables == again)
for i = 1, 100 do tables.add(i) end --> table.allocations = 0
print(tables.count())
local chunk = loadfile("modules/chunk.lua") --> proto.allocations = 1, table.allocations = 1
local values = chunk(1, 2) --> table.allocations = 0
local values = dofile("modules/chunk.lua") --> proto.allocations = 1, table.allocations = 1
local ok, problem = pcall(require, "missing") --> string.allocations >= 2, proto.allocations = 0
print(#values, ok, (problem:gsub("\n.*", "")))
