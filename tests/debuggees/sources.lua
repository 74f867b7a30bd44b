-- Files and strings that are loaded while it runs.
package.path = arg[1] or package.path
local begin = 1 --@first
local module = require("module") --@required
local before = load("return 1 + 1")() --@loaded
for i = 1, 1000 do load("local x = " .. i .. "; return {x}")() end
coroutine.wrap(function() load("return 'in a coroutine'", "=named")() end)()
local last = 1 --@last
print("ready")
while arg[2] == "wait" do end
