local fine = 1
local = 2 --@error
