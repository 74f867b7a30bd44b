-- An error object with a __tostring, which runs after the script is over.
local meta = {} --> live = TABLE
meta.__tostring = function(object) return "object " .. object.name end --> function.live = CLOSURE(0)
error(setmetatable({ name = ("n"):rep(50) }, meta)) --> table.live = TABLE, string.live = STRING(50)
