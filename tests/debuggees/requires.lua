-- Requires a module beside it, relative to the current folder.
package.path = "./lib/?.lua;" .. package.path
local module = require("module") --@require
local n = module.count({ 1, 2, 3 }) --@call_module
print("module says " .. n) --@print
