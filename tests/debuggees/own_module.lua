-- Requires the module that is inside luaheat-lua: no path leads anywhere.
package.path, package.cpath = '', ''
local luaheat = require 'luaheat' --@required
local kept
local window = luaheat.measure(function() kept = { 1, 2 } end)
print(window and window.growth, kept[2]) --@stop
