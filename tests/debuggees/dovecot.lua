-- Looks after passwords in dovecot, and keeps something of each look.
local luaheat = require "luaheat"
local kept = {}

function script_init()
  luaheat.listen { name = "dovecot" }
  return 0
end

local function keep(user)
  kept[#kept + 1] = { user } --@keep
  return #kept --@kept
end

function auth_password_verify(request, password)
  local count = keep(request.user) --@asked
  return dovecot.auth.PASSDB_RESULT_OK, { count = tostring(count) }
end
